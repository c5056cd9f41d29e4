using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DataMesh.Tool.Inputs;

/// <summary>The variables that <c>@tag(key,var=name)</c> can ask for.</summary>
internal static class SystemVariables
{
    public static IReadOnlyDictionary<string, Func<string>> For(string folder) => new Dictionary<string, Func<string>>(StringComparer.Ordinal)
    {
        ["now"] = static () => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        ["os"] = static () => OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsFreeBSD() ? "freebsd" : "linux",
        ["arch"] = Architecture,
        ["cwd"] = () => folder,
        ["username"] = static () => Environment.UserName,
        ["hostname"] = static () => Environment.MachineName,
        ["rand"] = static () => new BigInteger(RandomNumberGenerator.GetBytes(16), isUnsigned: true).ToString(CultureInfo.InvariantCulture),
    };

    private static string Architecture() => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.X86 => "386",
        System.Runtime.InteropServices.Architecture.Ppc64le => "ppc64le",
        var other => other.ToString().ToLowerInvariant(),
    };
}
