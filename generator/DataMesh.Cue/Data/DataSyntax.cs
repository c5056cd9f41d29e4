using DataMesh.Cue.Builtins;
using DataMesh.Cue.Builtins.Encodings;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Data;

/// <summary>Data as syntax: literals, and structs whose labels are quoted strings.</summary>
internal sealed class DataSyntax(SourceFile source, string text)
{
    private readonly TextPlaces _places = new(source, text);

    /// <summary>The place of a UTF-16 offset.</summary>
    public Position At(int offset) => _places.At(offset);

    /// <summary>A document as a file: the members of a map are its fields, anything else is embedded.</summary>
    public ParseResult ToFile(DataNode node)
    {
        IReadOnlyList<Declaration> declarations = node.Kind == DataKind.Map
            ? ToFields(node)
            : [new Embedding(ToExpression(node))];
        return ParseResult.FromTree(new CueFile(source, declarations));
    }

    private List<Declaration> ToFields(DataNode node)
    {
        List<Declaration> fields = new(node.Members.Count);
        foreach (KeyValuePair<DataNode, DataNode> member in node.Members)
        {
            BasicLiteral label = new(At(member.Key.Offset), TokenKind.String, Literals.Quote(member.Key.Text));
            fields.Add(new Field(label, ToExpression(member.Value)));
        }

        return fields;
    }

    private Expression ToExpression(DataNode node)
    {
        Position position = At(node.Offset);
        switch (node.Kind)
        {
            case DataKind.Null:
                return new BasicLiteral(position, TokenKind.Null, "null");
            case DataKind.Bool:
                return new BasicLiteral(position, node.Text == "true" ? TokenKind.True : TokenKind.False, node.Text);
            case DataKind.Number:
                return ToNumber(node, position);
            case DataKind.Bytes:
                return new BasicLiteral(position, TokenKind.String, Literals.QuoteBytes(node.ByteValue));
            case DataKind.List:
                return new ListLiteral([.. node.Elements.Select(ToExpression)]) { LeftBracket = position };
            case DataKind.Map:
                return new StructLiteral(ToFields(node)) { LeftBrace = position };
            default:
                return new BasicLiteral(position, TokenKind.String, Literals.Quote(node.Text));
        }
    }

    private static Expression ToNumber(DataNode node, Position position)
    {
        bool isNegative = node.Text[0] == '-';
        string digits = node.Text.TrimStart('+', '-');
        bool isFloat = node.IsFloat || digits.IndexOfAny(['.', 'e', 'E']) >= 0;
        if (isFloat && digits.IndexOfAny(['.', 'e', 'E']) < 0)
            digits += ".0";
        BasicLiteral literal = new(isNegative ? position.Advance(1) : position, isFloat ? TokenKind.Float : TokenKind.Int, digits);
        return isNegative ? new UnaryExpression(TokenKind.Subtract, literal) { OperatorPosition = position } : literal;
    }
}
