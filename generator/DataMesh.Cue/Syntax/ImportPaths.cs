namespace DataMesh.Cue.Syntax;

/// <summary>The rules for import paths.</summary>
internal static class ImportPaths
{
    private const string IllegalCharacters = "!\"#$%&'()*,:;<=>?[\\]^{|}`\uFFFD";

    /// <summary>Whether a literal, quotes included, is an import path: printable characters, and at most one <c>:name</c> at the end.</summary>
    public static bool IsValid(string literal)
    {
        if (!Literals.TryUnquote(literal, out var value, out _))
            return false;
        var path = value.IsBytes ? System.Text.Encoding.UTF8.GetString(value.Bytes) : value.Text;
        var colon = path.LastIndexOf(':');
        if (colon >= 0)
            path = path.Substring(0, colon);

        foreach (var c in path)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c) || IllegalCharacters.IndexOf(c) >= 0)
                return false;
        }

        return path.Length > 0;
    }
}
