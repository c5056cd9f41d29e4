using System.Numerics;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Mathematics;

/// <summary><c>math/bits</c>: the bits of integers of any size; negative ones continue with ones.</summary>
internal sealed class BitsPackage() : StandardPackage("math/bits")
{
    /// <summary>Numbers of more bits are refused rather than built.</summary>
    private const int MaxShift = 1_000_000;

    private const int BitsPerStep = 1000;

    public override IEnumerable<Builtin> Functions =>
    [
        Function("Lsh", [Int, Int], Int, static call => Of(call.Integer(0) << Shift(call))),
        Function("Rsh", [Int, Int], Int, static call => Of(call.Integer(0) >> Shift(call))),
        Function("At", [Int, Int], Int, static call => Of((call.Integer(0) >> Shift(call)).IsEven ? 0 : 1)),
        Function("Set", [Int, Int, Int], Int, static call => Of(Set(call, call.Integer(0), call.Int64(1), call.UInt64(2)))),
        Function("And", [Int, Int], Int, static call => Of(call.Integer(0) & call.Integer(1))),
        Function("Or", [Int, Int], Int, static call => Of(call.Integer(0) | call.Integer(1))),
        Function("Xor", [Int, Int], Int, static call => Of(call.Integer(0) ^ call.Integer(1))),
        Function("Clear", [Int, Int], Int, static call => Of(call.Integer(0) & (-call.Integer(1) - 1))),
        Function("OnesCount", [Int], Int, static call => Of(CountOnes(call.Integer(0)))),
        Function("Len", [Int], Int, static call => Of(BinaryFloat.BitLength(call.Integer(0)))),
    ];

    private static int Shift(CallContext call)
    {
        ulong shift = call.UInt64(1);
        if (shift > MaxShift)
            throw new BuiltinException("shift is too large");
        call.Step((int)shift / BitsPerStep);
        return (int)shift;
    }

    private static BigInteger Set(CallContext call, BigInteger value, long bit, ulong one)
    {
        if (bit < 0)
            throw new BuiltinException("negative bit index");
        if (bit > MaxShift)
            throw new BuiltinException("shift is too large");
        if (one > 1)
            throw new BuiltinException("set bit is not 0 or 1");
        call.Step((int)bit / BitsPerStep);
        BigInteger mask = BigInteger.One << (int)bit;
        return one == 1 ? value | mask : value & (-mask - 1);
    }

    private static long CountOnes(BigInteger value)
    {
        long count = 0;
        foreach (byte part in BigInteger.Abs(value).ToByteArray())
        {
            for (int rest = part; rest != 0; rest &= rest - 1)
                count++;
        }

        return count;
    }
}
