using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;
using Microsoft.CodeAnalysis.CSharp;

namespace DataMesh.Generators.Products.Building;

/// <summary>
/// <c>@cs(Name, type=decimal)</c>: the C# name of a definition or field, and its type. Both are optional, in the manner of
/// CUE's own <c>@go(...)</c>.
/// </summary>
/// <param name="Name">The member or type name; null when not given.</param>
/// <param name="Type">The C# type; null when not given.</param>
/// <param name="IsExcluded">True for <c>@cs(-)</c>: no type is made of the definition.</param>
internal sealed record CsAttribute(string? Name, ClrType? Type, bool IsExcluded)
{
    private const string AttributeName = "cs";

    private const string Excluded = "-";

    private static readonly Dictionary<string, ClrType> Types = new(StringComparer.Ordinal)
    {
        ["sbyte"] = ClrType.SByte,
        ["byte"] = ClrType.Byte,
        ["short"] = ClrType.Int16,
        ["ushort"] = ClrType.UInt16,
        ["int"] = ClrType.Int32,
        ["uint"] = ClrType.UInt32,
        ["long"] = ClrType.Int64,
        ["ulong"] = ClrType.UInt64,
        ["Int128"] = ClrType.Int128,
        ["UInt128"] = ClrType.UInt128,
        ["BigInteger"] = ClrType.BigInteger,
        ["decimal"] = ClrType.Decimal,
        ["float"] = ClrType.Single,
        ["double"] = ClrType.Double,
    };

    /// <summary>The attribute of a field or definition, from whichever of its declarations has it.</summary>
    public static CsAttribute? Of(Vertex vertex, out (Position Position, string Message)? problem) =>
        Read(vertex.Declarations.SelectMany(static declaration => declaration.Attributes), out problem);

    /// <summary>Reads the attribute among those of a field; null when there is none.</summary>
    /// <param name="problem">What is wrong with it and where; null when it is right.</param>
    private static CsAttribute? Read(IEnumerable<AttributeNode> attributes, out (Position Position, string Message)? problem)
    {
        problem = null;
        CsAttribute? result = null;
        foreach (AttributeNode attribute in attributes)
        {
            if (!string.Equals(attribute.Name, AttributeName, StringComparison.Ordinal))
                continue;
            if (result is not null)
            {
                problem = (attribute.Start, "@cs is given twice");
                return result;
            }
            result = Parse(attribute.Body, out string? message);
            if (message is not null)
                problem = (attribute.Start, message);
        }
        return result;
    }

    private static CsAttribute Parse(string body, out string? problem)
    {
        problem = null;
        string? name = null;
        ClrType? type = null;
        string[] arguments = body.Split(',');
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i].Trim();
            int equals = argument.IndexOf('=');
            if (i == 0 && string.Equals(argument, Excluded, StringComparison.Ordinal) && arguments.Length == 1)
            {
                return new CsAttribute(null, null, IsExcluded: true);
            }
            else if (equals < 0 && i == 0)
            {
                if (argument.Length > 0 && !IsFreeName(argument))
                    problem = "\"" + argument + "\" is not a C# name, or one that the generated type needs itself";
                else if (argument.Length > 0)
                    name = argument;
            }
            else if (equals >= 0 && string.Equals(argument.Substring(0, equals).Trim(), "type", StringComparison.Ordinal))
            {
                string text = argument.Substring(equals + 1).Trim();
                if (Types.TryGetValue(text, out ClrType known))
                    type = known;
                else
                    problem = "\"" + text + "\" is not a type that @cs knows: " + string.Join(", ", Types.Keys);
            }
            else
            {
                problem = "\"" + argument + "\" is not an argument of @cs; it takes a name and type=...";
            }
        }
        return new CsAttribute(name, type, IsExcluded: false);
    }

    private static bool IsFreeName(string name) =>
        SyntaxFacts.IsValidIdentifier(name) && !string.Equals(MemberNames.Property(name, typeName: ""), name + "Value", StringComparison.Ordinal);
}
