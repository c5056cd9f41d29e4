namespace DataMesh.Cue.RegularExpressions;

/// <summary>A pattern that is not a regular expression. The message is that of Go's regexp package.</summary>
internal sealed class RegularExpressionException(string code, string excerpt)
    : FormatException("error parsing regexp: " + code + ": `" + excerpt + "`");
