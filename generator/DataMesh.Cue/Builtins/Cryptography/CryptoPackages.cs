using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Cryptography;

/// <summary><c>crypto/ed25519</c></summary>
internal sealed class Ed25519Package() : StandardPackage("crypto/ed25519")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("Valid", [TextOrBytes, TextOrBytes, TextOrBytes], Bool, static call => Of(Ed25519.Verify(call.Bytes(0), call.Bytes(1), call.Bytes(2)))),
    ];

    public override IEnumerable<KeyValuePair<string, Value>> Constants => [new("PublicKeySize", Of(Ed25519.PublicKeySize))];
}

/// <summary><c>crypto/hmac</c></summary>
internal sealed class HmacPackage() : StandardPackage("crypto/hmac")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("Sign", [Text, TextOrBytes, TextOrBytes], CueKind.Bytes, static call => Of(Hmac.Sign(call.String(0), call.Bytes(1), call.Bytes(2)))),
    ];

    public override IEnumerable<KeyValuePair<string, Value>> Constants =>
        ((string[])["MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512", "SHA512_224", "SHA512_256"])
            .Select(static name => new KeyValuePair<string, Value>(name, Of(name)));
}

/// <summary><c>crypto/md5</c></summary>
internal sealed class Md5Package() : StandardPackage("crypto/md5")
{
    public override IEnumerable<Builtin> Functions => [Function("Sum", [TextOrBytes], CueKind.Bytes, static call => Of(Hmac.Md5(call.Bytes(0))))];

    public override IEnumerable<KeyValuePair<string, Value>> Constants => [new("Size", Of(16)), new("BlockSize", Of(64))];
}

/// <summary><c>crypto/sha1</c></summary>
internal sealed class Sha1Package() : StandardPackage("crypto/sha1")
{
    public override IEnumerable<Builtin> Functions => [Function("Sum", [TextOrBytes], CueKind.Bytes, static call => Of(Hmac.Sha1(call.Bytes(0))))];

    public override IEnumerable<KeyValuePair<string, Value>> Constants => [new("Size", Of(20)), new("BlockSize", Of(64))];
}

/// <summary><c>crypto/sha256</c></summary>
internal sealed class Sha256Package() : StandardPackage("crypto/sha256")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("Sum256", [TextOrBytes], CueKind.Bytes, static call => Of(Sha2.Sha256(call.Bytes(0)))),
        Function("Sum224", [TextOrBytes], CueKind.Bytes, static call => Of(Sha2.Sha224(call.Bytes(0)))),
    ];

    public override IEnumerable<KeyValuePair<string, Value>> Constants => [new("Size", Of(32)), new("Size224", Of(28)), new("BlockSize", Of(64))];
}

/// <summary><c>crypto/sha512</c></summary>
internal sealed class Sha512Package() : StandardPackage("crypto/sha512")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("Sum512", [TextOrBytes], CueKind.Bytes, static call => Of(Sha2.Sha512(call.Bytes(0)))),
        Function("Sum384", [TextOrBytes], CueKind.Bytes, static call => Of(Sha2.Sha384(call.Bytes(0)))),
        Function("Sum512_224", [TextOrBytes], CueKind.Bytes, static call => Of(Sha2.Sha512_224(call.Bytes(0)))),
        Function("Sum512_256", [TextOrBytes], CueKind.Bytes, static call => Of(Sha2.Sha512_256(call.Bytes(0)))),
    ];

    public override IEnumerable<KeyValuePair<string, Value>> Constants =>
    [
        new("Size", Of(64)), new("Size224", Of(28)), new("Size256", Of(32)), new("Size384", Of(48)), new("BlockSize", Of(128)),
    ];
}

/// <summary><c>uuid</c></summary>
internal sealed class UuidPackage() : StandardPackage("uuid")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("Valid", [Text], Bool, static call => Of(UuidText.Parse(call.String(0)).Length > 0)),
        Function("Parse", [Text], Text, static call => Of(UuidText.Format(UuidText.Parse(call.String(0))))),
        Function("URN", [Text], Text, static call => Of("urn:uuid:" + UuidText.Format(UuidText.Parse(call.String(0))))),
        Function("FromInt", [Int], Text, static call => Of(UuidText.FromInteger(call.Integer(0)))),
        Function("ToInt", [Text], Int, static call => Of(UuidText.ToInteger(call.String(0)))),
        Function("Variant", [Text], Int, static call => Of(UuidText.Variant(UuidText.Parse(call.String(0))))),
        Function("Version", [Text], Int, static call => Of(UuidText.Parse(call.String(0))[6] >> 4)),
        Function("SHA1", [Text, TextOrBytes], Text, static call => Of(UuidText.FromName(UuidText.Parse(call.String(0)), call.Bytes(1), Hmac.Sha1, 5))),
        Function("MD5", [Text, TextOrBytes], Text, static call => Of(UuidText.FromName(UuidText.Parse(call.String(0)), call.Bytes(1), Hmac.Md5, 3))),
    ];

    public override IEnumerable<KeyValuePair<string, Value>> Constants =>
    [
        new("ns", StructOf(
        [
            new("DNS", Of("6ba7b810-9dad-11d1-80b4-00c04fd430c8")),
            new("URL", Of("6ba7b811-9dad-11d1-80b4-00c04fd430c8")),
            new("OID", Of("6ba7b812-9dad-11d1-80b4-00c04fd430c8")),
            new("X500", Of("6ba7b814-9dad-11d1-80b4-00c04fd430c8")),
            new("Nil", Of("00000000-0000-0000-0000-000000000000")),
        ])),
        new("variants", StructOf(
        [
            new("Invalid", Of(0)), new("RFC4122", Of(1)), new("Reserved", Of(2)), new("Microsoft", Of(3)), new("Future", Of(4)),
        ])),
    ];
}
