using DataMesh.Cue.RegularExpressions;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Strings;

/// <summary><c>regexp</c>: regular expressions in RE2's syntax.</summary>
internal sealed class RegexpPackage() : StandardPackage("regexp")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("Find", [Text, Text], Text, static call => Of(Group(call.String(1), Match(call), 0))),
        Function("FindAll", [Text, Text, Int], List, static call => OfTexts(call, Matches(call).Select(match => Group(call.String(1), match, 0)))),
        Function("FindAllNamedSubmatch", [Text, Text, Int], List, static call => FindAllNamed(call)),
        Function("FindAllSubmatch", [Text, Text, Int], List, static call => call.NewList(Matches(call).Select(match => OfTexts(call, Groups(call.String(1), match))))),
        Function("FindNamedSubmatch", [Text, Text], CueKind.Struct, static call => Named(call, Parse(call), Match(call))),
        Function("FindSubmatch", [Text, Text], List, static call => OfTexts(call, Groups(call.String(1), Match(call)))),
        Function("Valid", [Text], Bool, static call => Of(Parse(call) is not null)),
        Function("Match", [Text, Text], Bool, static call => Of(Parse(call).IsMatch(call.String(1)))),
        Function("QuoteMeta", [Text], Text, static call => Of(RegularExpression.Quote(call.String(0)))),
        Function("ReplaceAll", [Text, Text, Text], Text, static call => Of(Parse(call).ReplaceAll(call.String(1), call.String(2), call.Step))),
        Function("ReplaceAllLiteral", [Text, Text, Text], Text, static call => Of(Parse(call).ReplaceAllLiteral(call.String(1), call.String(2), call.Step))),
    ];

    private static RegularExpression Parse(CallContext call)
    {
        try
        {
            return RegularExpression.Parse(call.String(0));
        }
        catch (RegularExpressionException e)
        {
            throw new BuiltinException(e.Message) { Reason = CueErrorReason.RegularExpression };
        }
    }

    private static int[] Match(CallContext call) => Parse(call).Find(call.String(1), call.Step) ?? throw new BuiltinException("no match");

    private static List<int[]> Matches(CallContext call)
    {
        List<int[]> matches = Parse(call).FindAll(call.String(1), Count(call, 2), call.Step);
        return matches.Count > 0 ? matches : throw new BuiltinException("no match");
    }

    private static string Group(string text, int[] match, int group) =>
        match[2 * group] < 0 ? "" : text.Substring(match[2 * group], match[(2 * group) + 1] - match[2 * group]);

    private static IEnumerable<string> Groups(string text, int[] match) =>
        Enumerable.Range(0, match.Length / 2).Select(group => Group(text, match, group));

    private static Value FindAllNamed(CallContext call)
    {
        RegularExpression expression = Parse(call);
        return call.NewList(Matches(call).Select(match => Named(call, expression, match)));
    }

    private static Value Named(CallContext call, RegularExpression expression, int[] match) => call.NewStruct(
        Enumerable.Range(0, expression.GroupNames.Count)
            .Where(group => expression.GroupNames[group].Length > 0)
            .Select(group => new KeyValuePair<string, Value>(expression.GroupNames[group], Of(Group(call.String(1), match, group)))));
}
