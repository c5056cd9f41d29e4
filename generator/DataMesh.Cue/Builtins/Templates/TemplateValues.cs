using System.Globalization;
using System.Numerics;
using DataMesh.Cue.Builtins.Conversion;
using DataMesh.Cue.Builtins.Encodings;

namespace DataMesh.Cue.Builtins.Templates;

/// <summary>
/// The values of templates: null, bool, BigInteger, double, string, lists of values and maps in the order of their keys.
/// </summary>
internal static class TemplateValues
{
    /// <summary>What stands for a field that is not there.</summary>
    public static readonly object Missing = new();

    public static object? From(DataNode node) => node.Kind switch
    {
        DataKind.Null => null,
        DataKind.Bool => node.Text == "true",
        DataKind.Number => node.IsFloat ? FloatText.Parse(node.Text) : ReadNumber(node.Text),
        DataKind.Bytes => CodePoints.Utf8.GetString(node.ByteValue),
        DataKind.String => node.Text,
        DataKind.List => node.Elements.Select(From).ToList(),
        _ => ToMap(node),
    };

    public static object? ReadNumber(string text)
    {
        string digits = text.Replace("_", "");
        try
        {
            return IntegerText.Parse(digits, "", 0, 0, isSigned: true);
        }
        catch (BuiltinException)
        {
            return FloatText.Parse(digits);
        }
    }

    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool b => b,
        BigInteger n => !n.IsZero,
        double d => d != 0,
        string s => s.Length > 0,
        List<object?> list => list.Count > 0,
        SortedDictionary<string, object?> map => map.Count > 0,
        _ => !ReferenceEquals(value, Missing),
    };

    /// <summary>The text in output; nested texts stand as they are.</summary>
    public static string ToText(object? value) => value switch
    {
        null => "<nil>",
        bool b => b ? "true" : "false",
        BigInteger n => n.ToString(CultureInfo.InvariantCulture),
        double d => FloatText.Format(d, 'g', -1, 64),
        string s => s,
        List<object?> list => "[" + string.Join(" ", list.Select(ToText)) + "]",
        SortedDictionary<string, object?> map => "map[" + string.Join(" ", map.Select(member => member.Key + ":" + ToText(member.Value))) + "]",
        _ => "<no value>",
    };

    public static string TypeName(object? value) => value switch
    {
        null => "<nil>",
        bool => "bool",
        BigInteger => "int",
        double => "float64",
        string => "string",
        List<object?> => "[]interface {}",
        _ => "map[string]interface {}",
    };

    private static SortedDictionary<string, object?> ToMap(DataNode node)
    {
        SortedDictionary<string, object?> map = new(Comparer<string>.Create(CodePoints.Compare));
        foreach (KeyValuePair<DataNode, DataNode> member in node.Members)
            map[member.Key.Text] = From(member.Value);
        return map;
    }
}
