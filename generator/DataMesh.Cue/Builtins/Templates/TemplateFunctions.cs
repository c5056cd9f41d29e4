using System.Globalization;
using System.Numerics;
using System.Text;
using DataMesh.Cue.Builtins.Html;
using DataMesh.Cue.Builtins.Networking;

namespace DataMesh.Cue.Builtins.Templates;

/// <summary>The functions that every template can call.</summary>
internal static class TemplateFunctions
{
    public static bool Exists(string name) => name is "and" or "or" or "not" or "len" or "index" or "slice" or "print" or "printf" or "println"
        or "html" or "js" or "urlquery" or "eq" or "ne" or "lt" or "le" or "gt" or "ge" or "call";

    public static object? Call(string name, List<object?> arguments)
    {
        switch (name)
        {
            case "not":
                return !TemplateValues.IsTrue(Argument(name, arguments, 0));
            case "len":
                return Length(Argument(name, arguments, 0));
            case "index":
                return arguments.Skip(1).Aggregate(Argument(name, arguments, 0), Index);
            case "slice":
                return Slice(arguments);
            case "print":
                return Print(arguments);
            case "println":
                return string.Join(" ", arguments.Select(TemplateValues.ToText)) + "\n";
            case "printf":
                return Argument(name, arguments, 0) is string format
                    ? TemplateFormat.Format(format, [.. arguments.Skip(1)])
                    : throw new BuiltinException("error calling printf: format is not a string");
            case "html":
                return MarkupText.EscapeHtml(Print(arguments), replaceNull: true);
            case "js":
                return MarkupText.EscapeJavaScript(Print(arguments));
            case "urlquery":
                return PercentEncoding.Escape(Print(arguments), PercentEncoding.Part.QueryComponent);
            case "eq":
                object? first = Argument(name, arguments, 0);
                _ = Argument(name, arguments, 1);
                return arguments.Skip(1).Any(other => AreEqual(first, other));
            case "ne":
                return !AreEqual(Argument(name, arguments, 0), Argument(name, arguments, 1));
            case "lt":
                return Compare(name, arguments) < 0;
            case "le":
                return Compare(name, arguments) <= 0;
            case "gt":
                return Compare(name, arguments) > 0;
            case "ge":
                return Compare(name, arguments) >= 0;
            default:
                throw new BuiltinException($"error calling {name}: call of non-function");
        }
    }

    private static object? Argument(string name, List<object?> arguments, int index) => index < arguments.Count
        ? arguments[index]
        : throw new BuiltinException($"wrong number of args for {name}: want at least {(index + 1).ToString(CultureInfo.InvariantCulture)} got {arguments.Count.ToString(CultureInfo.InvariantCulture)}");

    private static BigInteger Length(object? value) => value switch
    {
        string text => CodePoints.Utf8.GetByteCount(text),
        List<object?> list => list.Count,
        SortedDictionary<string, object?> map => map.Count,
        _ => throw new BuiltinException($"error calling len: len of type {TemplateValues.TypeName(value)}"),
    };

    private static object? Index(object? value, object? index)
    {
        switch (value)
        {
            case SortedDictionary<string, object?> map when index is string name:
                return map.TryGetValue(name, out object? member) ? member : TemplateValues.Missing;
            case List<object?> list when index is BigInteger i:
                return i >= 0 && i < list.Count ? list[(int)i] : throw new BuiltinException($"error calling index: index out of range: {i.ToString(CultureInfo.InvariantCulture)}");
            case string text when index is BigInteger i:
                byte[] bytes = CodePoints.Utf8.GetBytes(text);
                return i >= 0 && i < bytes.Length ? (BigInteger)bytes[(int)i] : throw new BuiltinException($"error calling index: index out of range: {i.ToString(CultureInfo.InvariantCulture)}");
            default:
                throw new BuiltinException($"error calling index: can't index item of type {TemplateValues.TypeName(value)}");
        }
    }

    private static object Slice(List<object?> arguments)
    {
        object? value = Argument("slice", arguments, 0);
        int length = (int)Length(value);
        int At(int position, int otherwise) => position >= arguments.Count
            ? otherwise
            : arguments[position] is BigInteger n && n >= 0 && n <= length
                ? (int)n
                : throw new BuiltinException("error calling slice: index out of range");

        int start = At(1, 0), end = At(2, length);
        if (start > end)
            throw new BuiltinException("error calling slice: invalid slice index");
        return value switch
        {
            List<object?> list => list.GetRange(start, end - start),
            string text => CodePoints.Utf8.GetString(CodePoints.Utf8.GetBytes(text), start, end - start),
            _ => throw new BuiltinException($"error calling slice: can't slice item of type {TemplateValues.TypeName(value)}"),
        };
    }

    /// <summary>Blanks stand between operands when neither is a text.</summary>
    private static string Print(List<object?> arguments)
    {
        StringBuilder result = new();
        for (int i = 0; i < arguments.Count; i++)
        {
            if (i > 0 && arguments[i] is not string && arguments[i - 1] is not string)
                result.Append(' ');
            result.Append(TemplateValues.ToText(arguments[i]));
        }

        return result.ToString();
    }

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (List<object?> or SortedDictionary<string, object?>, _) or (_, List<object?> or SortedDictionary<string, object?>) =>
            throw new BuiltinException("error calling eq: incompatible types for comparison"),
        _ => left.GetType() == right.GetType() ? left.Equals(right) : throw new BuiltinException("error calling eq: incompatible types for comparison"),
    };

    private static int Compare(string name, List<object?> arguments) => (Argument(name, arguments, 0), Argument(name, arguments, 1)) switch
    {
        (BigInteger a, BigInteger b) => a.CompareTo(b),
        (double a, double b) => a.CompareTo(b),
        (string a, string b) => CodePoints.Compare(a, b),
        _ => throw new BuiltinException($"error calling {name}: incompatible types for comparison"),
    };
}
