using System.Text;
using DataMesh.Generators.Products;

namespace DataMesh.Generators.Emission;

/// <summary>Values of the schema as C# expressions and as JSON.</summary>
internal static class Literals
{
    /// <summary>The literal's JSON text; numbers keep their spelling.</summary>
    public static string Json(Literal literal)
    {
        var text = new StringBuilder();
        AppendJson(text, literal);
        return text.ToString();
    }

    /// <summary>The expression that gives the value in the type of a shape.</summary>
    /// <param name="literal">The value; it meets the shape.</param>
    /// <param name="shape">What the value is held as.</param>
    /// <param name="owner">The full name of the type that declares the shape's own types.</param>
    public static string Expression(Literal literal, Shape shape, string owner)
    {
        switch (shape)
        {
            case DisjunctionShape disjunction:
                return Expression(literal, disjunction.Held, owner);
            case NullableShape nullable:
                return literal is NullLiteral ? "null" : Expression(literal, nullable.Inner, owner);
            case ScalarShape scalar:
                return Scalar(literal, scalar.Clr);
            case ConstantShape constant:
                return Scalar(literal, constant.Clr);
            case EnumShape e when e.Members.FirstOrDefault(m => m.Value == literal) is { } member:
                return $"{TypeNames.Of(e, owner)}.{CSharp.Identifier(member.Name)}";
            case ListShape list when literal is ListLiteral items && !TypeNames.IsTuple(list, owner) && !TypeNames.IsJson(list, owner):
                return $"[{string.Join(", ", items.Items.Select((item, i) => Expression(item, Element(list, i), owner)))}]";
            default:
                // Whatever has a shape of its own is read from JSON once, by its own reader.
                return "";
        }
    }

    private static Shape Element(ListShape list, int index) => index < list.Prefix.Count ? list.Prefix[index] : list.Rest!;

    private static string Scalar(Literal literal, ClrType type) => (literal, type) switch
    {
        (_, ClrType.Json) => $"global::DataMesh.JsonText.Parse({CSharp.String(Json(literal))})",
        (StringLiteral s, ClrType.String) => CSharp.String(s.Value),
        (BoolLiteral b, ClrType.Boolean) => b.Value ? "true" : "false",
        (NumberLiteral n, ClrType.Decimal) => n.Text + "m",
        (NumberLiteral n, ClrType.Single) => n.Text + "f",
        (NumberLiteral n, ClrType.Double) => n.Text + "d",
        (NumberLiteral n, ClrType.Int64) => n.Text + "L",
        (NumberLiteral n, ClrType.UInt64) => n.Text + "UL",
        (NumberLiteral n, ClrType.BigInteger or ClrType.Int128 or ClrType.UInt128) =>
            $"{TypeNames.Of(type)}.Parse({CSharp.String(n.Text)}, global::System.Globalization.CultureInfo.InvariantCulture)",
        (NumberLiteral n, _) => n.Text,
        (BytesLiteral b, ClrType.Bytes) => $"global::DataMesh.ByteString.FromBase64({CSharp.String(b.Base64)})",
        _ => "",
    };

    private static void AppendJson(StringBuilder text, Literal literal)
    {
        switch (literal)
        {
            case NullLiteral:
                text.Append("null");
                break;
            case BoolLiteral b:
                text.Append(b.Value ? "true" : "false");
                break;
            case NumberLiteral n:
                // An integer that is spelt with an exponent would read back as a float.
                text.Append(n.IsInteger || n.Text.IndexOfAny(['.', 'e', 'E']) >= 0 ? n.Text : n.Text + ".0");
                break;
            case StringLiteral s:
                text.Append(CSharp.Json(s.Value));
                break;
            case BytesLiteral b:
                text.Append(CSharp.Json(b.Base64));
                break;
            case ListLiteral list:
                text.Append('[');
                for (int i = 0; i < list.Items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    AppendJson(text, list.Items[i]);
                }
                text.Append(']');
                break;
            case StructLiteral s:
                text.Append('{');
                for (int i = 0; i < s.Members.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    text.Append(CSharp.Json(s.Members[i].JsonName)).Append(':');
                    AppendJson(text, s.Members[i].Value);
                }
                text.Append('}');
                break;
            default:
                throw new InvalidOperationException($"no JSON for {literal.GetType().Name}");
        }
    }
}
