using DataMesh.Cue.Builtins.Conversion;
using DataMesh.Cue.Builtins.Cryptography;
using DataMesh.Cue.Builtins.Encodings;
using DataMesh.Cue.Builtins.Encodings.Yaml;
using DataMesh.Cue.Builtins.Html;
using DataMesh.Cue.Builtins.Lists;
using DataMesh.Cue.Builtins.Mathematics;
using DataMesh.Cue.Builtins.Networking;
using DataMesh.Cue.Builtins.Paths;
using DataMesh.Cue.Builtins.Strings;
using DataMesh.Cue.Builtins.Structs;
using DataMesh.Cue.Builtins.Templates;
using DataMesh.Cue.Builtins.Times;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins;

/// <summary>Every standard package.</summary>
internal static class StandardPackages
{
    public static IReadOnlyList<BuiltinPackage> All { get; } =
    [
        new Ed25519Package(),
        new HmacPackage(),
        new Md5Package(),
        new Sha1Package(),
        new Sha256Package(),
        new Sha512Package(),
        new Base64Package(),
        new CsvPackage(),
        new HexPackage(),
        new JsonPackage(),
        new OpenApiPackage(),
        new TomlPackage(),
        new YamlPackage(),
        new HtmlPackage(),
        new ListPackage(),
        new MathPackage(),
        new BitsPackage(),
        new NetPackage(),
        new PathPackage(),
        new RegexpPackage(),
        new StrconvPackage(),
        new StringsPackage(),
        new StructPackage(),
        new TabwriterPackage(),
        new TemplatePackage(),
        new TimePackage(),
        new UuidPackage(),
    ];
}
