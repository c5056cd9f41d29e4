using DataMesh.Cue.Tests.Values;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Builtins;

/// <summary>What the functions of the standard packages take, and what they say of the rest.</summary>
public sealed class ArgumentTests
{
    [Theory]
    [InlineData("path", "path.VolumeName(\"C:/a\")", "\"C:\"")]
    [InlineData("path", "path.VolumeName(\"C:/a\", path.Unix)", "\"\"")]
    [InlineData("net", "net.AddIP(\"127.0.0.1/8\", 2)", "\"127.0.0.3/8\"")]
    [InlineData("math", "math.Log2(16)", "3.999999999999999999999999999999999")]
    [InlineData("math", "math.Log2(1)", "0")]
    [InlineData("net", "net.CompareIP(\"127.0.0.1\", \"1.2.3.4\")", "1")]
    [InlineData("math", "math.Y1(1e308) > -1.0e-150", "true")]
    [InlineData("strconv", "strconv.QuoteRune(-4294967295)", "\"'\\\\x01'\"")]
    [InlineData("strconv", "strconv.Unquote(\"'a\\\\x41'\")", "\"aA\"")]
    [InlineData("strconv", "strconv.ParseInt(\"ff\", 16, 9223372036854775807)", "255")]
    [InlineData("encoding/toml", "toml.Marshal({a: {b: {c: 1}}, d: {e: 1}})", "\"[a]\\n[a.b]\\nc = 1\\n\\n[d]\\ne = 1\\n\"")]
    public void Values(string package, string expression, string expected) =>
        Assert.Equal(expected, Lookup($"import \"{package}\"\nx: {expression}").ToString());

    [Theory]
    [InlineData("path", "path.ToSlash(string, \"a\")", "cannot use \"a\" as \"unix\" | \"windows\" | \"plan9\"")]
    [InlineData("path", "path.Base(\"a\", \"b\")", "cannot use \"b\" as *\"unix\" | \"windows\" | \"plan9\"")]
    [InlineData("math", "math.Asin(2.0e400)", "error in call to math.Asin: cannot use 2.0E+400 (type float) as float64 in argument 0: value was rounded up")]
    [InlineData("strings", "strings.Repeat(\"\", 1000001)", "error in call to strings.Repeat: count 1000001 exceeds limit of 1000000")]
    [InlineData("list", "list.Repeat([], 1000001)", "error in call to list.Repeat: count 1000001 exceeds limit of 1000000")]
    [InlineData("list", "list.MatchN(1, #D) & [{b: 1}]\n#D: {a: 1}", "invalid value [{b:1}] (does not satisfy list.MatchN): {a:1} matches 0 list items, want 1")]
    [InlineData("net", "net.IPv4() & \"x\"", "invalid value \"x\" (does not satisfy net.IPv4): ")]
    [InlineData("net", "net.JoinHostPort([192, 30, \"x\"], 80)", "error in call to net.JoinHostPort: invalid host [192, 30, \"x\"]")]
    [InlineData("net", "net.JoinHostPort(\"h\", 1.5)", "error in call to net.JoinHostPort: cannot use value 1.5 (type float) as int")]
    [InlineData("encoding/json", "json.Compact(5)", "cannot use 5 (type int) as (string|bytes) in argument 1 to \"encoding/json\".Compact")]
    [InlineData("encoding/json", "json.Valid(\"\", \"\")", "too many arguments in call to \"encoding/json\".Valid (have 2, want 1)")]
    [InlineData("encoding/json", "5 + json.Compact", "invalid operands 5 and \"encoding/json\".Compact to '+' (type int and func)")]
    [InlineData("encoding/json", "json.Compact == json.Compact", "invalid operands \"encoding/json\".Compact and \"encoding/json\".Compact to '==' (type func and func)")]
    [InlineData("encoding/json", ">json.Compact", "invalid value \"encoding/json\".Compact (type func) for bound >")]
    [InlineData("encoding/json", "json.MarshalStream(1)", "error in call to encoding/json.MarshalStream: cannot use value 1 (type int) as list")]
    [InlineData("math", "math.Abs({a: 1e2 + b, b?: [...int], c: d[0:1]})\nd: [1]", "cannot use {a:(1E+2 + b),b?:[...int],c:d[0:1]} (type struct) as number in argument 1 to math.Abs")]
    [InlineData("math", "math.Abs(l)\nl: [1 + 1, [...int]]", "cannot use [2,[]] (type list) as number in argument 1 to math.Abs")]
    [InlineData("math", "math.Sqrt(4) & \"a\"", "conflicting values \"a\" and 2 (mismatched types string and float)")]
    [InlineData("strings", "strings.SliceRunes(\"a\", 0, 9223372036854775808)", "error in call to strings.SliceRunes: int 9223372036854775808 overflows int64 in argument 2")]
    [InlineData("strconv", "strconv.ParseInt(\"x\", 10, -1)", "error in call to strconv.ParseInt: strconv.ParseInt: parsing \"x\": value out of range")]
    [InlineData("strconv", "strconv.QuoteRune(4294967296)", "error in call to strconv.QuoteRune: int 4294967296 overflows rune in argument 0")]
    [InlineData("math", "math.Pow10(-9223372036854775809)", "error in call to math.Pow10: int -9223372036854775809 overflows int32 in argument 0")]
    [InlineData("time", "time.ParseDuration(\"5é\")", "error in call to time.ParseDuration: time: unknown unit \"\\xc3\\xa9\" in duration \"5\\xc3\\xa9\"")]
    [InlineData("encoding/hex", "hex.Decode(\"é\")", "error in call to encoding/hex.Decode: encoding/hex: invalid byte: U+00C3 'Ã'")]
    [InlineData("encoding/openapi", "openapi.MarshalSchema({#A: int}, {})", "error in call to encoding/openapi.MarshalSchema: field not found: version")]
    public void Errors(string package, string expression, string message) =>
        Assert.StartsWith(message, Lookup($"import \"{package}\"\nx: {expression}").Error!.Message);

    [Theory]
    [InlineData("x: matchIf(int, 1, 2, 3)", "x: error in call to matchIf: matchIf is a validator and should not be used as a function")]
    [InlineData("x: matchN(5, 1, [int])", "x: error in call to matchN: matchN is a validator and should not be used as a function")]
    [InlineData("x: error([1])", "x: ", "x: cannot use [1] (type list) as type (bool|string|bytes|number)")]
    [InlineData("x: error('abc')", "x: abc")]
    [InlineData("x: -{a: 1+1}", "x: invalid operation -{a:(1 + 1)} (- struct)")]
    public void Errors_of_predeclared_functions_and_operators(string source, params string[] errors) =>
        Assert.Equal(errors, Evaluation.Errors(source));

    [Theory]
    [InlineData("list", "list.Concat([[1], 5])", "x: error in call to list.Concat: cannot use value 5 (type int) as list @2:4 2:22")]
    [InlineData("strings", "strings.Replace(\"aaa\", \"a\", \"b\", 9223372036854775808)", "x: error in call to strings.Replace: int 9223372036854775808 overflows int64 in argument 3 @2:4")]
    [InlineData("math/bits", "bits.Set(1, 18446744073709551616, 5)", "x: error in call to math/bits.Set: int 18446744073709551616 overflows int64 in argument 1 @2:4")]
    [InlineData("math/bits", "bits.Set(1, 3, -1)", "x: error in call to math/bits.Set: cannot use -1 (type int) as uint64 in argument 2 @2:4 2:19")]
    [InlineData("math", "math.Ilogb(-1e400)", "x: error in call to math.Ilogb: cannot use -1E+400 (type float) as float64 in argument 0: value was rounded down @2:4 2:15")]
    [InlineData("strconv", "strconv.ParseInt(\"1\", 1, 18446744073709551616)", "x: error in call to strconv.ParseInt: int 18446744073709551616 overflows int64 in argument 2 @2:4")]
    [InlineData("strconv", "strconv.FormatFloat(1e21, [3], -1, 64)", "x: error in call to strconv.FormatFloat: unexpected kind list @2:4")]
    [InlineData("strconv", "strconv.FormatFloat(1, 256, -1, 64)", "x: error in call to strconv.FormatFloat: format value 256 out of range [0, 255] @2:4")]
    [InlineData("strings", "strings.Index(string, string)", "x: error in call to strings.Index: non-concrete value string @2:4 2:26")]
    [InlineData("strings", "strings.Join(_, \"a\")", "x: error in call to strings.Join: non-concrete list for argument 0 @2:4")]
    [InlineData("struct", "struct.MinFields(_, 1)", "x: error in call to struct.MinFields: non-concrete struct for argument 0 @2:4")]
    [InlineData("list", "list.Sort(_, list.Ascending)", "x: error in call to list.Sort: non-concrete value _ @2:4")]
    [InlineData("list", "list.FlattenN(int, 1)", "x: error in call to list.FlattenN: non-concrete argument 0 @2:4")]
    [InlineData("net", "net.IP(>1)", "x: error in call to net.IP: non-concrete argument 0 @2:4")]
    [InlineData("net", "net.IP('abcd')", "x: error in call to net.IP: ParseAddr(\"abcd\"): unable to parse IP @2:4")]
    [InlineData("net", "net.IP([1, 2, 3, \"a\"])", "x: error in call to net.IP: cannot use value \"a\" (type string) as int @2:4 2:21")]
    [InlineData("net", "net.IP([1, 2, 3, [4]])", "x: error in call to net.IP: cannot use value [4] (type list) as int @2:4")]
    [InlineData("net", "\"x\" & net.InCIDR(bytes)", "x: invalid value \"x\" (does not satisfy net.InCIDR(bytes)): non-concrete argument 1 @2:10 2:4 2:21")]
    [InlineData("encoding/csv", "csv.Encode([1])", "x: error in call to encoding/csv.Encode: cannot use value 1 (type int) as list @2:4 2:16")]
    [InlineData("encoding/base64", "base64.Encode([], \"a\")", "x: error in call to encoding/base64.Encode: base64: unsupported encoding: cannot use value [] (type list) as null @2:4")]
    [InlineData("strings", "\"a\" & strings.ContainsAny([1])", "x: cannot use [1] (type list) as string in argument 2 to strings.ContainsAny @2:30")]
    [InlineData("strings", "\"\" & strings.MinRunes(2) & \"b\"", "x: conflicting values \"b\" and \"\" @2:4 2:31")]
    public void Errors_have_the_places_of_what_is_wrong(string package, string expression, string expected) =>
        Assert.Equal([expected], Evaluation.Located($"import \"{package}\"\nx: {expression}", concrete: true));

    [Fact]
    public void A_validator_without_arguments_shows_that_it_is_called() =>
        Assert.Equal("net.IPv4()", Lookup("import \"net\"\nx: net.IPv4").ToString());

    [Theory]
    [InlineData("x: and([int, >3]) & 4")]
    [InlineData("x: 4 & and([int, >3])")]
    public void What_stands_beside_a_call_counts(string source) => Assert.Equal("4", Lookup(source).ToString());

    private static CueValue Lookup(string source) => new CueContext().Build("in.cue", source).Value.Lookup("x")!;

    [Theory]
    [InlineData("list.MaxItems", "[1]")]
    [InlineData("list.MinItems", "[1]")]
    [InlineData("struct.MaxFields", "{b: 1}")]
    [InlineData("struct.MinFields", "{b: 1}")]
    public void A_number_that_is_counted_to_has_64_bits(string validator, string value) => Assert.Contains(
        Evaluation.Errors($"import \"{validator[..validator.IndexOf('.')]}\"\nx: {validator}(123456789012345678901234567890)\nx: {value}"),
        static error => error.EndsWith("int 123456789012345678901234567890 overflows int64 in argument 1", StringComparison.Ordinal));
}
