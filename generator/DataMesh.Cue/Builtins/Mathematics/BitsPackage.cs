using System.Numerics;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Mathematics;

/// <summary><c>math/bits</c>: the bits of integers of any size; negative ones continue with ones.</summary>
internal sealed class BitsPackage() : StandardPackage("math/bits")
{
    /// <summary>Numbers of more bits are refused rather than built.</summary>
    private const long MaxShift = 1_000_000;

    private const int BitsPerStep = 1000;

    public override IEnumerable<Builtin> Functions =>
    [
        Function("Lsh", [Int, Int], Int, static call => Of(call.Integer(0) << Shift(call))),
        Function("Rsh", [Int, Int], Int, static call => Of(call.Integer(0) >> Shift(call))),
        Function("At", [Int, Int], Int, static call => Of((call.Integer(0) >> Shift(call)).IsEven ? 0 : 1)),
        Function("Set", [Int, Int, Int], Int, static call => Of(Set(call.Integer(0), Shift(call), call.Integer(2)))),
        Function("And", [Int, Int], Int, static call => Of(call.Integer(0) & call.Integer(1))),
        Function("Or", [Int, Int], Int, static call => Of(call.Integer(0) | call.Integer(1))),
        Function("Xor", [Int, Int], Int, static call => Of(call.Integer(0) ^ call.Integer(1))),
        Function("Clear", [Int, Int], Int, static call => Of(call.Integer(0) & (-call.Integer(1) - 1))),
        Function("OnesCount", [Int], Int, static call => Of(CountOnes(call.Integer(0)))),
        Function("Len", [Int], Int, static call => Of(BinaryFloat.BitLength(call.Integer(0)))),
    ];

    private static int Shift(CallContext call)
    {
        BigInteger shift = call.Integer(1);
        if (shift.Sign < 0 || shift > ulong.MaxValue)
            throw Fail($"cannot use {shift.ToString(System.Globalization.CultureInfo.InvariantCulture)} (type int) as uint64 in argument 1", call, 1);
        if (shift > MaxShift)
            throw new BuiltinException("shift is too large");
        call.Step((int)shift / BitsPerStep);
        return (int)shift;
    }

    private static BigInteger Set(BigInteger value, int bit, BigInteger one)
    {
        if (!one.IsZero && !one.IsOne)
            throw new BuiltinException("set bit is not 0 or 1");
        BigInteger mask = BigInteger.One << bit;
        return one.IsOne ? value | mask : value & (-mask - 1);
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
