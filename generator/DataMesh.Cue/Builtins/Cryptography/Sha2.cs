using System.Security.Cryptography;

namespace DataMesh.Cue.Builtins.Cryptography;

/// <summary>
/// SHA-224, SHA-512/224 and SHA-512/256 (FIPS 180-4), which .NET does not have: the functions of SHA-256 and SHA-512
/// with other initial values, cut off.
/// </summary>
internal static class Sha2
{
    private static readonly uint[] Constants32 = [.. Primes(64).Select(prime => (uint)(RootFraction64(prime, cube: true) >> 32))];

    private static readonly ulong[] Constants64 = [.. Primes(80).Select(prime => RootFraction64(prime, cube: true))];

    /// <summary>The lower halves of the fractions of the 9th to 16th primes' square roots.</summary>
    private static readonly uint[] Initial224 = [.. Primes(16).Skip(8).Select(prime => (uint)RootFraction64(prime, cube: false))];

    private static readonly ulong[] Initial512 = [.. Primes(8).Select(prime => RootFraction64(prime, cube: false))];

    private static readonly ulong[] Initial512_224 = Derive("SHA-512/224");

    private static readonly ulong[] Initial512_256 = Derive("SHA-512/256");

    public static byte[] Sha224(byte[] data)
    {
        uint[] state = [.. Initial224];
        byte[] padded = Pad(data, 64, 8);
        for (int i = 0; i < padded.Length; i += 64)
            Compress32(state, padded, i);
        return [.. state.SelectMany(word => new[] { (byte)(word >> 24), (byte)(word >> 16), (byte)(word >> 8), (byte)word }).Take(28)];
    }

    public static byte[] Sha512_224(byte[] data) => [.. Hash64(Initial512_224, data).Take(28)];

    public static byte[] Sha512_256(byte[] data) => [.. Hash64(Initial512_256, data).Take(32)];

    public static byte[] Sha256(byte[] data)
    {
        using SHA256 hash = SHA256.Create();
        return hash.ComputeHash(data);
    }

    public static byte[] Sha384(byte[] data)
    {
        using SHA384 hash = SHA384.Create();
        return hash.ComputeHash(data);
    }

    public static byte[] Sha512(byte[] data)
    {
        using SHA512 hash = SHA512.Create();
        return hash.ComputeHash(data);
    }

    private static byte[] Hash64(ulong[] initial, byte[] data)
    {
        ulong[] state = [.. initial];
        byte[] padded = Pad(data, 128, 16);
        for (int i = 0; i < padded.Length; i += 128)
            Compress64(state, padded, i);
        return [.. state.SelectMany(word => Enumerable.Range(0, 8).Select(i => (byte)(word >> (56 - (i * 8)))))];
    }

    private static ulong[] Derive(string name)
    {
        byte[] hash = Hash64([.. Initial512.Select(word => word ^ 0xA5A5A5A5A5A5A5A5UL)], [.. name.Select(c => (byte)c)]);
        return [.. Enumerable.Range(0, 8).Select(i => ReadWord(hash, i * 8))];
    }

    private static byte[] Pad(byte[] data, int block, int lengthSize)
    {
        int size = (data.Length + 1 + lengthSize + block - 1) / block * block;
        byte[] padded = new byte[size];
        data.CopyTo(padded, 0);
        padded[data.Length] = 0x80;
        ulong bits = (ulong)data.Length * 8;
        for (int i = 0; i < 8; i++)
            padded[size - 1 - i] = (byte)(bits >> (i * 8));
        return padded;
    }

    private static void Compress32(uint[] state, byte[] data, int start)
    {
        static uint Rotate(uint x, int n) => (x >> n) | (x << (32 - n));

        uint[] w = new uint[64];
        for (int i = 0; i < 16; i++)
            w[i] = (uint)((data[start + (i * 4)] << 24) | (data[start + (i * 4) + 1] << 16) | (data[start + (i * 4) + 2] << 8) | data[start + (i * 4) + 3]);
        for (int i = 16; i < 64; i++)
        {
            uint s0 = Rotate(w[i - 15], 7) ^ Rotate(w[i - 15], 18) ^ (w[i - 15] >> 3);
            uint s1 = Rotate(w[i - 2], 17) ^ Rotate(w[i - 2], 19) ^ (w[i - 2] >> 10);
            w[i] = unchecked(w[i - 16] + s0 + w[i - 7] + s1);
        }

        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        for (int i = 0; i < 64; i++)
        {
            uint t1 = unchecked(h + (Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25)) + ((e & f) ^ (~e & g)) + Constants32[i] + w[i]);
            uint t2 = unchecked((Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c)));
            (h, g, f, e, d, c, b, a) = (g, f, e, unchecked(d + t1), c, b, a, unchecked(t1 + t2));
        }

        uint[] sum = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < 8; i++)
            state[i] = unchecked(state[i] + sum[i]);
    }

    private static void Compress64(ulong[] state, byte[] data, int start)
    {
        static ulong Rotate(ulong x, int n) => (x >> n) | (x << (64 - n));

        ulong[] w = new ulong[80];
        for (int i = 0; i < 16; i++)
            w[i] = ReadWord(data, start + (i * 8));
        for (int i = 16; i < 80; i++)
        {
            ulong s0 = Rotate(w[i - 15], 1) ^ Rotate(w[i - 15], 8) ^ (w[i - 15] >> 7);
            ulong s1 = Rotate(w[i - 2], 19) ^ Rotate(w[i - 2], 61) ^ (w[i - 2] >> 6);
            w[i] = unchecked(w[i - 16] + s0 + w[i - 7] + s1);
        }

        ulong a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        for (int i = 0; i < 80; i++)
        {
            ulong t1 = unchecked(h + (Rotate(e, 14) ^ Rotate(e, 18) ^ Rotate(e, 41)) + ((e & f) ^ (~e & g)) + Constants64[i] + w[i]);
            ulong t2 = unchecked((Rotate(a, 28) ^ Rotate(a, 34) ^ Rotate(a, 39)) + ((a & b) ^ (a & c) ^ (b & c)));
            (h, g, f, e, d, c, b, a) = (g, f, e, unchecked(d + t1), c, b, a, unchecked(t1 + t2));
        }

        ulong[] sum = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < 8; i++)
            state[i] = unchecked(state[i] + sum[i]);
    }

    private static ulong ReadWord(byte[] data, int start)
    {
        ulong word = 0;
        for (int i = 0; i < 8; i++)
            word = (word << 8) | data[start + i];
        return word;
    }

    private static IEnumerable<int> Primes(int count)
    {
        for (int n = 2; count > 0; n++)
        {
            if (Enumerable.Range(2, n - 2).All(d => n % d != 0))
            {
                count--;
                yield return n;
            }
        }
    }

    /// <summary>The first 64 bits of the fraction of a prime's square or cube root, as the standard defines its constants.</summary>
    private static ulong RootFraction64(int prime, bool cube)
    {
        int power = cube ? 3 : 2;
        System.Numerics.BigInteger scaled = new System.Numerics.BigInteger(prime) << (64 * power), low = 0, high = System.Numerics.BigInteger.One << 72;
        while (high - low > 1)
        {
            System.Numerics.BigInteger middle = (low + high) >> 1;
            if (System.Numerics.BigInteger.Pow(middle, power) <= scaled)
                low = middle;
            else
                high = middle;
        }

        return (ulong)(low & ulong.MaxValue);
    }
}
