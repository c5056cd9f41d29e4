namespace DataMesh.Conformance.Dumps;

/// <summary>
/// Compares what an evaluation gave with what the corpus expects, by the rules of the corpora's README: verdicts, kinds,
/// values, codes, paths and positions strictly, messages and expressions loosely, lists of errors as sets, cycles and
/// truncated nodes as wildcards. The answer is the first difference, or null.
/// </summary>
internal sealed class DumpComparer
{
    private const int MostPositions = 8;
    private const int MostErrors = 20;
    private const int MostDisjuncts = 48;

    private readonly bool _floatsAreClose;

    /// <param name="floatsAreClose">Whether floats may differ by a few units in the last place.</param>
    public DumpComparer(bool floatsAreClose = false) => _floatsAreClose = floatsAreClose;

    public string? Compare(DumpRoot expected, DumpRoot actual) =>
        Unequal("", "stage", expected.Stage, actual.Stage)
        ?? (expected.Stage is null
            ? CompareNode("", expected.Node, actual.Node, lenient: false)
            : CompareError("", expected.Node.Error, actual.Node.Error))
        ?? CompareJson("json", expected.Json, actual.Json)
        ?? CompareJson("jsonInvalid", expected.InvalidJson, actual.InvalidJson)
        ?? CompareErrors("errors", expected.Errors, actual.Errors)
        ?? CompareErrors("concreteErrors", expected.ConcreteErrors, actual.ConcreteErrors);

    /// <param name="lenient">Inside an optional field or a definition, where structural errors depend on how lazily they are expanded.</param>
    private string? CompareNode(string path, DumpNode expected, DumpNode actual, bool lenient)
    {
        if (expected.IsCycle || expected.IsTruncated && expected.Disjuncts is null || actual.IsCycle)
            return null;
        if (lenient && (IsStructural(expected) || IsStructural(actual)))
            return null;

        string? difference = Unequal(path, "kind", expected.Kind, actual.Kind)
            ?? CompareValue(path, expected.Value, actual.Value)
            ?? CompareError(path, expected.Error, actual.Error);
        if (difference is not null || expected.Kind == "bottom")
            return difference;

        return CompareExpression(path, expected.Expression, actual.Expression)
            ?? CompareDefault(path, expected.Default, actual.Default, lenient)
            ?? CompareDisjuncts(path, expected, actual, lenient)
            ?? CompareFields(path, expected.Fields ?? [], actual.Fields ?? [], lenient)
            ?? CompareNodes(path, "elems", expected.Elements ?? [], actual.Elements ?? [], lenient)
            ?? ComparePatterns(path, expected.Patterns ?? [], actual.Patterns ?? [])
            ?? (expected.Open is null ? null : Unequal(path, "open", expected.Open.ToString(), (actual.Open ?? false).ToString()));
    }

    private string? CompareValue(string path, string? expected, string? actual)
    {
        if (_floatsAreClose && expected is not null && actual is not null && NumberText.AreClose(expected, actual))
            return null;
        return Unequal(path, "value", expected, actual);
    }

    private static string? CompareExpression(string path, string? expected, string? actual)
    {
        if (expected is null || actual is null || LooseText.AreAlike(expected, actual))
            return null;
        return Difference(path, "expr", expected, actual);
    }

    private string? CompareDefault(string path, DumpNode? expected, DumpNode? actual, bool lenient) => (expected, actual) switch
    {
        (null, null) => null,
        (null, _) => Difference(path, "default", "none", actual.Kind),
        (_, null) => Difference(path, "default", expected.Kind, "none"),
        _ => CompareNode(path + "*", expected, actual, lenient),
    };

    private string? CompareDisjuncts(string path, DumpNode expected, DumpNode actual, bool lenient)
    {
        IReadOnlyList<DumpNode> left = expected.Disjuncts ?? [], right = actual.Disjuncts ?? [];
        if (expected.IsTruncated && right.Count >= MostDisjuncts)
            right = [.. right.Take(left.Count)];
        return CompareNodes(path, "disjuncts", left, right, lenient);
    }

    private string? CompareNodes(string path, string what, IReadOnlyList<DumpNode> expected, IReadOnlyList<DumpNode> actual, bool lenient)
    {
        if (expected.Count != actual.Count)
            return Difference(path, what, $"{expected.Count}", $"{actual.Count}");
        for (int i = 0; i < expected.Count; i++)
        {
            if (CompareNode($"{path}[{i}]", expected[i], actual[i], lenient) is { } difference)
                return difference;
        }

        return null;
    }

    private string? CompareFields(string path, IReadOnlyList<DumpField> expected, IReadOnlyList<DumpField> actual, bool lenient)
    {
        string Names(IEnumerable<DumpField> fields) => string.Join(' ', fields.Select(field => $"{field.Label}({field.Type})"));

        if (!expected.Select(field => (field.Label, field.Type)).SequenceEqual(actual.Select(field => (field.Label, field.Type))))
            return Difference(path, "fields", Names(expected), Names(actual));
        for (int i = 0; i < expected.Count; i++)
        {
            DumpField field = expected[i];
            string place = path.Length == 0 ? field.Label : $"{path}.{field.Label}";
            bool isLazy = lenient || field.Type is "optional" or "definition" || field.Label.StartsWith('#') || field.Label.StartsWith("_#", StringComparison.Ordinal);
            if (CompareNode(place, field.Node, actual[i].Node, isLazy) is { } difference)
                return difference;
        }

        return null;
    }

    private static string? ComparePatterns(string path, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        List<string> rest = [.. actual];
        bool areEqual = expected.Count == actual.Count && expected.All(pattern =>
            rest.FindIndex(candidate => LooseText.HaveSameWords(pattern, candidate)) is int index and >= 0 && RemoveAt(rest, index));
        return areEqual ? null : Difference(path, "patterns", string.Join(", ", expected), string.Join(", ", actual));
    }

    private static bool RemoveAt(List<string> list, int index)
    {
        list.RemoveAt(index);
        return true;
    }

    private string? CompareJson(string what, string? expected, string? actual)
    {
        if (_floatsAreClose && expected is not null && actual is not null && NumberText.AreCloseTexts(expected, actual))
            return null;
        return Unequal("", what, expected, actual);
    }

    private static string? CompareError(string path, DumpError? expected, DumpError? actual)
    {
        if (expected is null && actual is null)
            return null;
        if (expected is null || actual is null || !AreEqual(expected, actual))
            return Difference(path, "error", expected?.ToString() ?? "none", actual?.ToString() ?? "none");
        return null;
    }

    private static bool AreEqual(DumpError expected, DumpError actual) =>
        string.Equals(expected.Code, actual.Code, StringComparison.Ordinal)
        && string.Equals(expected.Path, actual.Path, StringComparison.Ordinal)
        && expected.IsChild == actual.IsChild
        && expected.Count == actual.Count
        && (expected.Positions.Count >= MostPositions
            ? expected.Positions.SequenceEqual(actual.Positions.Take(MostPositions))
            : expected.Positions.SequenceEqual(actual.Positions))
        && LooseText.AreAlike(expected.Message, actual.Message);

    private static string? CompareErrors(string what, IReadOnlyList<DumpError> expected, IReadOnlyList<DumpError> actual)
    {
        DumpError? missing = expected.FirstOrDefault(error => !actual.Any(other => AreEqual(error, other)));
        if (missing is not null)
            return Difference("", what, missing.ToString(), actual.Count == 0 ? "none" : actual.OrderByDescending(other => other.Path == missing.Path).First().ToString());
        DumpError? surplus = expected.Count >= MostErrors ? null : actual.FirstOrDefault(error => !expected.Any(other => AreEqual(other, error)));
        return surplus is null ? null : Difference("", what, "none", surplus.ToString());
    }

    private static bool IsStructural(DumpNode node) => node.Error?.Code == "structural";

    private static string? Unequal(string path, string what, string? expected, string? actual) =>
        string.Equals(expected, actual, StringComparison.Ordinal) ? null : Difference(path, what, expected ?? "none", actual ?? "none");

    private static string Difference(string path, string what, string expected, string actual) =>
        $"{(path.Length == 0 ? "" : path + ": ")}{what}: expected {Line(expected)}, got {Line(actual)}";

    private static string Line(string text)
    {
        string line = text.ReplaceLineEndings("\\n");
        return line.Length > 400 ? line[..400] + "..." : line;
    }
}
