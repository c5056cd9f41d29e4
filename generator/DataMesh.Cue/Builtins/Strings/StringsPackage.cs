using System.Text;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Strings;

/// <summary><c>strings</c>: functions on texts, which count UTF-8 bytes unless they are named after runes.</summary>
internal sealed class StringsPackage() : StandardPackage("strings")
{
    /// <summary>Longer results are refused rather than built.</summary>
    private const long MaxLength = 64L * 1024 * 1024;

    public override IEnumerable<Builtin> Functions =>
    [
        Function("ByteAt", [TextOrBytes, Int], Int, static call => Of((long)ByteAt(call.Bytes(0), call.Int64(1)))),
        Function("ByteSlice", [TextOrBytes, Int, Int], CueKind.Bytes, static call => Of(ByteSlice(call.Bytes(0), call.Int64(1), call.Int64(2)))),
        Function("Runes", [Text], List, static call => OfNumbers(call, CodePoints.Of(call.String(0)).Select(static rune => (long)rune))),
        Function("MinRunes", [Text, Int], Bool, static call => Of(CodePoints.Count(call.String(0)) >= call.Int64(1))),
        Function("MaxRunes", [Text, Int], Bool, static call => Of(CodePoints.Count(call.String(0)) <= call.Int64(1))),
        Function("ToTitle", [Text], Text, static call => Of(CaseMapping.ToTitle(call.String(0)))),
        Function("ToCamel", [Text], Text, static call => Of(CaseMapping.ToCamel(call.String(0)))),
        Function("SliceRunes", [Text, Int, Int], Text, static call => Of(StringFunctions.SliceRunes(call.String(0), call.Int64(1), call.Int64(2)))),
        Function("Compare", [Text, Text], Int, static call => Of((long)Math.Sign(CodePoints.Compare(call.String(0), call.String(1))))),
        Function("Count", [Text, Text], Int, static call => Of((long)StringFunctions.Count(call.String(0), call.String(1)))),
        Function("Contains", [Text, Text], Bool, static call => Of(call.String(0).IndexOf(call.String(1), StringComparison.Ordinal) >= 0)),
        Function("ContainsAny", [Text, Text], Bool, static call => Of(StringFunctions.IndexAny(call.String(0), call.String(1)) >= 0)),
        Function("LastIndex", [Text, Text], Int, static call => Of((long)StringFunctions.LastIndex(call.String(0), call.String(1)))),
        Function("IndexAny", [Text, Text], Int, static call => Of((long)StringFunctions.IndexAny(call.String(0), call.String(1)))),
        Function("LastIndexAny", [Text, Text], Int, static call => Of((long)StringFunctions.LastIndexAny(call.String(0), call.String(1)))),
        Function("SplitN", [Text, Text, Int], List, static call => Split(call, call.Int64(2), keepSeparator: false)),
        Function("SplitAfterN", [Text, Text, Int], List, static call => Split(call, call.Int64(2), keepSeparator: true)),
        Function("Split", [Text, Text], List, static call => Split(call, -1, keepSeparator: false)),
        Function("SplitAfter", [Text, Text], List, static call => Split(call, -1, keepSeparator: true)),
        Function("Fields", [Text], List, static call => OfTexts(call, StringFunctions.Fields(call.String(0)))),
        Function("Join", [WholeList, Text], Text, static call => Of(Join(call))),
        Function("HasPrefix", [Text, Text], Bool, static call => Of(call.String(0).StartsWith(call.String(1), StringComparison.Ordinal))),
        Function("HasSuffix", [Text, Text], Bool, static call => Of(call.String(0).EndsWith(call.String(1), StringComparison.Ordinal))),
        Function("Repeat", [Text, Int], Text, static call => Of(Repeat(call.String(0), call.Int64(1)))),
        Function("ToUpper", [Text], Text, static call => Of(CaseMapping.ToUpper(call.String(0)))),
        Function("ToLower", [Text], Text, static call => Of(CaseMapping.ToLower(call.String(0)))),
        Function("Trim", [Text, Text], Text, static call => Of(StringFunctions.Trim(call.String(0), call.String(1)))),
        Function("TrimLeft", [Text, Text], Text, static call => Of(StringFunctions.TrimLeft(call.String(0), call.String(1)))),
        Function("TrimRight", [Text, Text], Text, static call => Of(StringFunctions.TrimRight(call.String(0), call.String(1)))),
        Function("TrimSpace", [Text], Text, static call => Of(StringFunctions.TrimSpace(call.String(0)))),
        Function("TrimPrefix", [Text, Text], Text, static call => Of(TrimPrefix(call.String(0), call.String(1)))),
        Function("TrimSuffix", [Text, Text], Text, static call => Of(TrimSuffix(call.String(0), call.String(1)))),
        Function("Replace", [Text, Text, Text, Int], Text, static call => Of(Replace(call))),
        Function("Index", [Text, Text], Int, static call => Of((long)StringFunctions.Index(call.String(0), call.String(1)))),
    ];

    private static byte ByteAt(byte[] bytes, long index) =>
        index >= 0 && index < bytes.Length ? bytes[index] : throw new BuiltinException("index out of range");

    private static byte[] ByteSlice(byte[] bytes, long start, long end) => start >= 0 && start <= end && end <= bytes.Length
        ? [.. bytes.Skip((int)start).Take((int)(end - start))]
        : throw new BuiltinException("index out of range");

    private static Value Split(CallContext call, long limit, bool keepSeparator) =>
        OfTexts(call, StringFunctions.Split(call.String(0), call.String(1), limit, keepSeparator));

    private static string Join(CallContext call)
    {
        List<string> texts = [.. Texts(call, 0)];
        string separator = call.String(1);
        if (texts.Sum(static text => (long)text.Length) + ((long)separator.Length * texts.Count) > Arithmetic.MaxRepeatedLength)
            throw new BuiltinException("joined text is too long");
        return string.Join(separator, texts);
    }

    private static string Repeat(string text, long count)
    {
        if (count < 0)
            throw new BuiltinException("negative count");
        if (count > MaxRepetitions)
            throw new BuiltinException(FormattableString.Invariant($"count {count} exceeds limit of {MaxRepetitions}"));
        if (text.Length > 0 && count > MaxLength / text.Length)
            throw new BuiltinException("repeated text is too long");
        return new StringBuilder().Insert(0, text, text.Length == 0 ? 0 : (int)count).ToString();
    }

    private static string Replace(CallContext call)
    {
        (string text, string old, string replacement) = (call.String(0), call.String(1), call.String(2));
        if ((long)(text.Length + 1) * replacement.Length > MaxLength)
            throw new BuiltinException("replaced text is too long");
        return StringFunctions.Replace(text, old, replacement, call.Int64(3));
    }

    private static string TrimPrefix(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? text.Substring(prefix.Length) : text;

    private static string TrimSuffix(string text, string suffix) =>
        text.EndsWith(suffix, StringComparison.Ordinal) ? text.Substring(0, text.Length - suffix.Length) : text;
}
