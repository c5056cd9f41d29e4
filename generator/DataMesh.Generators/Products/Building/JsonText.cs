using System.Globalization;
using System.Text;

namespace DataMesh.Generators.Products.Building;

/// <summary>Writes JSON text, indented by four blanks as <c>cue export</c> does; lines end in <c>\n</c>.</summary>
internal sealed class JsonText
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isFirst = true;

    /// <summary>The same document with line breaks and indentation.</summary>
    /// <param name="json">Valid JSON without blanks between its tokens.</param>
    public static string Indented(string json)
    {
        var result = new JsonText();
        bool isInString = false;
        for (int i = 0; i < json.Length; i++)
        {
            char c = json[i];
            switch (c)
            {
                case '"' when i == 0 || !IsEscaped(json, i):
                    isInString = !isInString;
                    result._text.Append(c);
                    break;
                case '{' or '[' when !isInString && json[i + 1] is not ('}' or ']'):
                    result._depth++;
                    result._text.Append(c);
                    result.NewLine();
                    break;
                case '}' or ']' when !isInString && json[i - 1] is not ('{' or '['):
                    result._depth--;
                    result.NewLine();
                    result._text.Append(c);
                    break;
                case ',' when !isInString:
                    result._text.Append(c);
                    result.NewLine();
                    break;
                case ':' when !isInString:
                    result._text.Append(": ");
                    break;
                default:
                    result._text.Append(c);
                    break;
            }
        }
        return result._text.Append('\n').ToString();
    }

    public JsonText Object(Action<JsonText> members) => Container('{', '}', members);

    public JsonText Array(Action<JsonText> items) => Container('[', ']', items);

    /// <summary>Starts a member; its value follows.</summary>
    public JsonText Member(string name)
    {
        Next();
        String(name);
        _text.Append(": ");
        return this;
    }

    /// <summary>Starts an item of an array; its value follows.</summary>
    public JsonText Item()
    {
        Next();
        return this;
    }

    public JsonText String(string value)
    {
        _text.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    _text.Append('\\').Append(c);
                    break;
                case '\n':
                    _text.Append("\\n");
                    break;
                case '\t':
                    _text.Append("\\t");
                    break;
                case < ' ':
                    _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    _text.Append(c);
                    break;
            }
        }
        _text.Append('"');
        return this;
    }

    /// <summary>A number, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public JsonText Raw(string value)
    {
        _text.Append(value);
        return this;
    }

    public JsonText Literal(Literal literal)
    {
        switch (literal)
        {
            case BoolLiteral boolean:
                return Raw(boolean.Value ? "true" : "false");
            case NumberLiteral number:
                return Raw(number.Text);
            case StringLiteral text:
                return String(text.Value);
            case BytesLiteral bytes:
                return String(bytes.Base64);
            case ListLiteral list:
                return Array(items =>
                {
                    foreach (Literal item in list.Items)
                        items.Item().Literal(item);
                });
            case StructLiteral value:
                return Object(members =>
                {
                    foreach (LiteralMember member in value.Members)
                        members.Member(member.JsonName).Literal(member.Value);
                });
            default:
                return Raw("null");
        }
    }

    public override string ToString() => _text.ToString();

    private static bool IsEscaped(string json, int quote)
    {
        int backslashes = 0;
        while (json[quote - 1 - backslashes] == '\\')
            backslashes++;
        return backslashes % 2 == 1;
    }

    private JsonText Container(char open, char close, Action<JsonText> content)
    {
        _text.Append(open);
        _depth++;
        _isFirst = true;
        content(this);
        _depth--;
        if (!_isFirst)
            NewLine();
        _isFirst = false;
        _text.Append(close);
        return this;
    }

    private void Next()
    {
        if (!_isFirst)
            _text.Append(',');
        _isFirst = false;
        NewLine();
    }

    private void NewLine() => _text.Append('\n').Append(' ', 4 * _depth);
}
