namespace DataMesh.Generators.Pipeline;

/// <summary>An import path in its parts: <c>example.com/shop/party@v0:people</c>.</summary>
/// <param name="Path">Without version and qualifier: <c>example.com/shop/party</c>.</param>
/// <param name="PackageName">The qualifier, or the last element of the path.</param>
internal readonly record struct ImportPath(string Path, string PackageName)
{
    /// <summary>The same for every way to write the same import.</summary>
    public string Canonical => Path + ":" + PackageName;

    public static ImportPath Parse(string text)
    {
        string? qualifier = null;
        int colon = text.LastIndexOf(':');
        if (colon >= 0)
        {
            qualifier = text.Substring(colon + 1);
            text = text.Substring(0, colon);
        }
        text = WithoutVersion(text);
        return new ImportPath(text, qualifier ?? text.Substring(text.LastIndexOf('/') + 1));
    }

    /// <summary><c>example.com/shop@v0</c> without <c>@v0</c>.</summary>
    public static string WithoutVersion(string path)
    {
        int at = path.LastIndexOf('@');
        return at < 0 ? path : path.Substring(0, at);
    }
}
