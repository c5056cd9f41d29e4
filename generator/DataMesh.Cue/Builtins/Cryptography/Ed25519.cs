using System.Numerics;

namespace DataMesh.Cue.Builtins.Cryptography;

/// <summary>
/// Verification of Ed25519 signatures (RFC 8032, section 5.1.7). It handles no secret, so it need not take constant time.
/// </summary>
internal static class Ed25519
{
    public const int PublicKeySize = 32;
    private const int SignatureSize = 64;

    private static readonly BigInteger P = (BigInteger.One << 255) - 19;

    private static readonly BigInteger Order = (BigInteger.One << 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly BigInteger D = Reduce(-121665 * Invert(121666));

    private static readonly BigInteger SquareRootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);

    private static readonly Point Base = Decompress([.. Enumerable.Repeat((byte)0x66, 32).Select((b, i) => i == 0 ? (byte)0x58 : b)])!.Value;

    public static bool Verify(byte[] publicKey, byte[] message, byte[] signature)
    {
        if (publicKey.Length != PublicKeySize)
            throw new BuiltinException("ed25519: publicKey must be 32 bytes");
        if (signature.Length != SignatureSize || Decompress(publicKey) is not { } key)
            return false;
        byte[] r = [.. signature.Take(32)];
        BigInteger s = FromBytes(signature.Skip(32));
        if (s >= Order || Decompress(r) is not { } point)
            return false;
        BigInteger k = FromBytes(Sha2.Sha512([.. r, .. publicKey, .. message])) % Order;
        return Multiply(Base, s).IsSame(Add(point, Multiply(key, k)));
    }

    private static BigInteger FromBytes(IEnumerable<byte> littleEndian) => new([.. littleEndian, 0]);

    private static BigInteger Reduce(BigInteger value)
    {
        BigInteger rest = BigInteger.Remainder(value, P);
        return rest.Sign < 0 ? rest + P : rest;
    }

    private static BigInteger Invert(BigInteger value) => BigInteger.ModPow(value, P - 2, P);

    private static Point? Decompress(byte[] bytes)
    {
        BigInteger encoded = FromBytes(bytes);
        bool isOdd = !(encoded >> 255).IsZero;
        BigInteger y = Reduce(encoded & ((BigInteger.One << 255) - 1));
        BigInteger square = Reduce(((y * y) - 1) * Invert(Reduce((D * y * y) + 1)));
        BigInteger x = BigInteger.ModPow(square, (P + 3) / 8, P);
        if (Reduce((x * x) - square) != 0)
            x = Reduce(x * SquareRootOfMinusOne);
        if (Reduce((x * x) - square) != 0)
            return null;
        if (x.IsEven == isOdd)
            x = Reduce(P - x);
        return new(x, y, 1, Reduce(x * y));
    }

    private static Point Add(Point p, Point q)
    {
        BigInteger a = Reduce((p.Y - p.X) * (q.Y - q.X)), b = Reduce((p.Y + p.X) * (q.Y + q.X));
        BigInteger c = Reduce(2 * p.T * q.T * D), d = Reduce(2 * p.Z * q.Z);
        BigInteger e = b - a, f = d - c, g = d + c, h = b + a;
        return new(Reduce(e * f), Reduce(g * h), Reduce(f * g), Reduce(e * h));
    }

    private static Point Multiply(Point point, BigInteger factor)
    {
        Point result = new(0, 1, 1, 0);
        for (; !factor.IsZero; factor >>= 1)
        {
            if (!factor.IsEven)
                result = Add(result, point);
            point = Add(point, point);
        }

        return result;
    }

    /// <summary>A point in extended coordinates: x = X/Z, y = Y/Z, x*y = T/Z.</summary>
    private readonly struct Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t)
    {
        public BigInteger X { get; } = x;

        public BigInteger Y { get; } = y;

        public BigInteger Z { get; } = z;

        public BigInteger T { get; } = t;

        public bool IsSame(Point other) =>
            Reduce((X * other.Z) - (other.X * Z)).IsZero && Reduce((Y * other.Z) - (other.Y * Z)).IsZero;
    }
}
