using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace DataMesh.Generators.Products;

/// <summary>The C# namespace of a CUE package.</summary>
internal static class Namespaces
{
    /// <summary><c>people</c> in a project <c>My-App</c> gives <c>My_App.People</c>; the project file can name another.</summary>
    /// <param name="packageName">The name of the package clause; null without one.</param>
    /// <param name="requested">The <c>CueNamespace</c> metadata, if there is any.</param>
    /// <param name="rootNamespace">The project's <c>RootNamespace</c>; empty for none.</param>
    public static string Of(string? packageName, string? requested, string rootNamespace)
    {
        if (requested is not null)
            return Identifiers(requested);
        string root = Identifiers(rootNamespace);
        if (packageName is null)
            return root;
        string name = MemberNames.Pascal(packageName);
        return root.Length == 0 ? name : root + "." + name;
    }

    /// <summary>A type with its namespace, without <c>global::</c>.</summary>
    public static string FullName(string @namespace, string type) => @namespace.Length == 0 ? type : @namespace + "." + type;

    /// <summary>
    /// Every part made an identifier, as the SDK's templates do: what cannot be in one becomes <c>_</c>. Keywords are not
    /// escaped: that is for the emitters.
    /// </summary>
    private static string Identifiers(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (string part in text.Split(['.'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (result.Length > 0)
                result.Append('.');
            if (SyntaxFacts.IsIdentifierPartCharacter(part[0]) && !SyntaxFacts.IsIdentifierStartCharacter(part[0]))
                result.Append('_');
            foreach (char c in part)
                result.Append(SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_');
        }
        return result.ToString();
    }
}
