namespace DataMesh.Cue.Syntax;

/// <summary>The language experiments that a file can turn on with <c>@experiment(...)</c>.</summary>
internal static class Experiments
{
    public const string AliasV2 = "aliasv2";
    public const string ExplicitOpen = "explicitopen";
    public const string Try = "try";
    public const string ShortCircuit = "shortcircuit";
    public const string Testing = "testing";

    /// <summary>The version of the language, as messages name it.</summary>
    public const string LanguageVersion = "v0.17.1";

    public static bool IsKnown(string name) => name is AliasV2 or ExplicitOpen or Try or ShortCircuit or Testing or "structcmp";
}
