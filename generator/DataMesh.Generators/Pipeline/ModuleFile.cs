using DataMesh.Cue.Syntax;

namespace DataMesh.Generators.Pipeline;

/// <summary>What is read of <c>cue.mod/module.cue</c>.</summary>
internal static class ModuleFile
{
    /// <summary>The module's path without its version, <c>module: "example.com/shop@v0"</c>; null when the file has none.</summary>
    public static string? PathOf(SchemaFile file)
    {
        foreach (Declaration declaration in file.Syntax.File.Declarations)
            if (declaration is Cue.Syntax.Field { Label: Identifier { Name: "module" }, Value: BasicLiteral { Kind: TokenKind.String } literal } &&
                Literals.TryUnquote(literal.Text, out StringValue value, out _))
                return ImportPath.WithoutVersion(value.Text);
        return null;
    }
}
