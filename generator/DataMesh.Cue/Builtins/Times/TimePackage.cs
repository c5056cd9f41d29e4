using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Times;

/// <summary><c>time</c>: points in time as RFC 3339 texts, durations as texts and nanoseconds.</summary>
internal sealed class TimePackage() : StandardPackage("time")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Function("Duration", [Text], Bool, static call => IsDuration(call.String(0))),
        Function("FormatDuration", [Int], Text, static call => Of(Durations.Format(call.Int64(0)))),
        Function("ParseDuration", [Text], Int, static call => Of(Durations.Parse(call.String(0)))),
        Function("Time", [Text], Bool, static call => IsTime(call.String(0), TimeLayout.Rfc3339Nano)),
        Function("Format", [Text, Text], Bool, static call => IsTime(call.String(0), call.String(1))),
        Function("FormatString", [Text, Text], Text, static call => Of(TimeLayout.Format(Parse(call.String(1)), call.String(0)))),
        Function("Parse", [Text, Text], Text, static call => Of(ToText(TimeParser.Parse(call.String(0), call.String(1))))),
        Function("Unix", [Int, Int], Text, static call => Of(ToText(Instant.FromUnix(call.Int64(0), call.Int64(1))))),
        Function("ToUnix", [Text], Int, static call => Of(Parse(call.String(0)).UnixSeconds)),
        Function("ToUnixNano", [Text], Int, static call => Of(Parse(call.String(0)).UnixNanoseconds)),
        Function("Split", [Text], CueKind.Struct, static call => Split(call, Parse(call.String(0)))),
    ];

    public override IEnumerable<KeyValuePair<string, Value>> Constants =>
    [
        new("Nanosecond", Of(1)),
        new("Microsecond", Of(1_000)),
        new("Millisecond", Of(1_000_000)),
        new("Second", Of(1_000_000_000)),
        new("Minute", Of(60_000_000_000)),
        new("Hour", Of(3_600_000_000_000)),
        new("ANSIC", Of("Mon Jan _2 15:04:05 2006")),
        new("UnixDate", Of("Mon Jan _2 15:04:05 MST 2006")),
        new("RubyDate", Of("Mon Jan 02 15:04:05 -0700 2006")),
        new("RFC822", Of("02 Jan 06 15:04 MST")),
        new("RFC822Z", Of("02 Jan 06 15:04 -0700")),
        new("RFC850", Of("Monday, 02-Jan-06 15:04:05 MST")),
        new("RFC1123", Of("Mon, 02 Jan 2006 15:04:05 MST")),
        new("RFC1123Z", Of("Mon, 02 Jan 2006 15:04:05 -0700")),
        new("RFC3339", Of(TimeLayout.Rfc3339)),
        new("RFC3339Nano", Of(TimeLayout.Rfc3339Nano)),
        new("RFC3339Date", Of("2006-01-02")),
        new("Kitchen", Of("3:04PM")),
        new("Kitchen24", Of("15:04")),
        .. TimeLayout.Months.Select(static (name, i) => new KeyValuePair<string, Value>(name, Of(i + 1))),
        .. TimeLayout.Days.Select(static (name, i) => new KeyValuePair<string, Value>(name, Of(i))),
    ];

    private static Value IsDuration(string text)
    {
        Durations.Parse(text);
        return Of(true);
    }

    private static Value IsTime(string text, string layout)
    {
        try
        {
            TimeParser.Parse(layout, text);
            return Of(true);
        }
        catch (BuiltinException)
        {
            throw new BuiltinException("invalid time " + Conversion.QuotedText.Quote(text));
        }
    }

    private static Instant Parse(string text) => TimeParser.Parse(TimeLayout.Rfc3339Nano, text);

    private static string ToText(Instant time) => TimeLayout.Format(time.ToUtc(), TimeLayout.Rfc3339Nano);

    private static Value Split(CallContext call, Instant time) => call.NewStruct(
    [
        new("year", Of(time.Year)),
        new("month", Of(time.Month)),
        new("day", Of(time.Day)),
        new("hour", Of(time.Hour)),
        new("minute", Of(time.Minute)),
        new("second", Of(time.Second)),
        new("nanosecond", Of(time.Nanoseconds)),
    ]);
}
