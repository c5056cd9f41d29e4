using System.Security.Cryptography;

namespace DataMesh.Cue.Builtins.Cryptography;

/// <summary>Message authentication with a hash function of any name that the package knows (RFC 2104).</summary>
internal static class Hmac
{
    public static byte[] Sign(string hashName, byte[] key, byte[] message)
    {
        (Func<byte[], byte[]> hash, int block) = Find(hashName);
        if (key.Length > block)
            key = hash(key);
        byte[] inner = new byte[block], outer = new byte[block];
        for (int i = 0; i < block; i++)
        {
            byte b = i < key.Length ? key[i] : (byte)0;
            inner[i] = (byte)(b ^ 0x36);
            outer[i] = (byte)(b ^ 0x5C);
        }

        return hash([.. outer, .. hash([.. inner, .. message])]);
    }

#pragma warning disable CA5350, CA5351 // Schemas may name any of these; what they are used for is the schema's matter.
    public static byte[] Md5(byte[] data)
    {
        using MD5 hash = MD5.Create();
        return hash.ComputeHash(data);
    }

    public static byte[] Sha1(byte[] data)
    {
        using SHA1 hash = SHA1.Create();
        return hash.ComputeHash(data);
    }
#pragma warning restore CA5350, CA5351

    private static (Func<byte[], byte[]> Hash, int BlockSize) Find(string name) => name switch
    {
        "MD5" => (Md5, 64),
        "SHA1" => (Sha1, 64),
        "SHA224" => (Sha2.Sha224, 64),
        "SHA256" => (Sha2.Sha256, 64),
        "SHA384" => (Sha2.Sha384, 128),
        "SHA512" => (Sha2.Sha512, 128),
        "SHA512_224" => (Sha2.Sha512_224, 128),
        "SHA512_256" => (Sha2.Sha512_256, 128),
        _ => throw new BuiltinException("unsupported hash function"),
    };
}
