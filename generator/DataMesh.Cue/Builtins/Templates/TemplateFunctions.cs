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

    /// <summary>How many arguments a function wants that is given another number of them; null if it can be called.</summary>
    public static string? WrongCount(string name, int count) => name switch
    {
        "not" or "len" => count == 1 ? null : "1",
        "ne" or "lt" or "le" or "gt" or "ge" => count == 2 ? null : "2",
        "print" or "println" or "html" or "js" or "urlquery" => null,
        _ => count > 0 ? null : "at least 1",
    };

    /// <param name="name">The function.</param>
    /// <param name="arguments">As many as it takes.</param>
    /// <param name="typeOf">Names the type of an argument.</param>
    /// <exception cref="BuiltinException">What is wrong with the arguments.</exception>
    public static object? Call(string name, List<object?> arguments, Func<int, string> typeOf)
    {
        switch (name)
        {
            case "not":
                return !TemplateValues.IsTrue(arguments[0]);
            case "len":
                return Length(arguments[0], typeOf(0));
            case "index":
                object? indexed = arguments[0];
                for (int i = 1; i < arguments.Count; i++)
                    indexed = Index(indexed, arguments[i], i == 1 ? typeOf(0) : TemplateValues.TypeName(indexed), typeOf(i));
                return indexed;
            case "slice":
                return Slice(arguments, typeOf(0));
            case "print":
                return Print(arguments);
            case "println":
                return string.Join(" ", arguments.Select(TemplateValues.ToText)) + "\n";
            case "printf":
                return TemplateFormat.Format((string)arguments[0]!, [.. arguments.Skip(1)]);
            case "html":
                return MarkupText.EscapeHtml(Print(arguments), replaceNull: true);
            case "js":
                return MarkupText.EscapeJavaScript(Print(arguments));
            case "urlquery":
                return PercentEncoding.Escape(Print(arguments), PercentEncoding.Part.QueryComponent);
            case "eq":
                if (arguments.Count == 1)
                    throw new BuiltinException("missing argument for comparison");
                return Enumerable.Range(1, arguments.Count - 1).Any(i => AreEqual(arguments, i, typeOf));
            case "ne":
                return !AreEqual(arguments, 1, typeOf);
            case "lt":
                return Compare(arguments, typeOf) < 0;
            case "le":
                return Compare(arguments, typeOf) <= 0;
            case "gt":
                return Compare(arguments, typeOf) > 0;
            case "ge":
                return Compare(arguments, typeOf) >= 0;
            default:
                throw new BuiltinException($"non-function of type {typeOf(0)}");
        }
    }

    private static BigInteger Length(object? value, string type) => value switch
    {
        string text => CodePoints.Utf8.GetByteCount(text),
        List<object?> list => list.Count,
        SortedDictionary<string, object?> map => map.Count,
        null => throw new BuiltinException("len of nil pointer"),
        _ => throw new BuiltinException($"len of type {type}"),
    };

    private static object? Index(object? value, object? index, string type, string typeOfIndex)
    {
        switch (value)
        {
            case SortedDictionary<string, object?> map when index is string name:
                return map.TryGetValue(name, out object? member) ? member : TemplateValues.Missing;
            case List<object?> list when index is BigInteger i:
                return i >= 0 && i < list.Count ? list[(int)i] : throw new BuiltinException($"index out of range: {i.ToString(CultureInfo.InvariantCulture)}");
            case string text when index is BigInteger i:
                byte[] bytes = CodePoints.Utf8.GetBytes(text);
                return i >= 0 && i < bytes.Length ? (BigInteger)bytes[(int)i] : throw new BuiltinException($"index out of range: {i.ToString(CultureInfo.InvariantCulture)}");
            case SortedDictionary<string, object?>:
                throw new BuiltinException($"value has type {typeOfIndex}; should be string");
            case List<object?> or string:
                throw new BuiltinException($"cannot index slice/array with type {typeOfIndex}");
            case null:
                throw new BuiltinException("index of untyped nil");
            default:
                throw new BuiltinException($"can't index item of type {type}");
        }
    }

    private static object Slice(List<object?> arguments, string type)
    {
        object? value = arguments[0];
        if (value is not (string or List<object?>))
            throw new BuiltinException(value is null ? "slice of untyped nil" : $"can't slice item of type {type}");
        if (arguments.Count > 3)
            throw new BuiltinException(value is string ? "cannot 3-index slice a string" : $"too many slice indexes: {(arguments.Count - 1).ToString(CultureInfo.InvariantCulture)}");
        int length = (int)Length(value, type);
        int At(int position, int otherwise) => position >= arguments.Count
            ? otherwise
            : arguments[position] is BigInteger n && n >= 0 && n <= length
                ? (int)n
                : throw new BuiltinException("index out of range: " + TemplateValues.ToText(arguments[position]));

        int start = At(1, 0), end = At(2, length);
        if (start > end)
            throw new BuiltinException(FormattableString.Invariant($"invalid slice index: {start} > {end}"));
        return value is List<object?> list ? list.GetRange(start, end - start) : CodePoints.Utf8.GetString(CodePoints.Utf8.GetBytes((string)value), start, end - start);
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

    private static bool AreEqual(List<object?> arguments, int index, Func<int, string> typeOf) => (arguments[0], arguments[index]) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (List<object?> or SortedDictionary<string, object?>, _) or (_, List<object?> or SortedDictionary<string, object?>) => throw Incomparable(index, typeOf),
        (var left, var right) => left.GetType() == right.GetType() ? left.Equals(right) : throw Incomparable(index, typeOf),
    };

    private static int Compare(List<object?> arguments, Func<int, string> typeOf) => (arguments[0], arguments[1]) switch
    {
        (BigInteger a, BigInteger b) => a.CompareTo(b),
        (double a, double b) => a.CompareTo(b),
        (string a, string b) => CodePoints.Compare(a, b),
        (not (BigInteger or double or string), _) => throw new BuiltinException("invalid type for comparison"),
        _ => throw Incomparable(1, typeOf),
    };

    private static BuiltinException Incomparable(int index, Func<int, string> typeOf) => new($"incompatible types for comparison: {typeOf(0)} and {typeOf(index)}");
}
