using System.Text;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;
using DataMesh.Generators.Diagnostics;

namespace DataMesh.Generators.Products.Building;

/// <content>Structs: fields, patterns, closedness.</content>
internal sealed partial class ShapeBuilder
{
    private Shape Struct(Vertex vertex, Vertex value, string typeName)
    {
        var naming = new Naming(typeName);
        EquatableArray<Field> fields = Fields(value, naming);
        EquatableArray<Pattern> patterns = Patterns(value, naming);
        EquatableArray<Constraint> constraints = Checks(vertex, value);
        // Everything within a definition is closed, also what it shares with a struct outside of any.
        bool isOpen = value.IsInDefinition ? !value.IsClosed : value.HasEllipsis;
        if (Form.IsMap(value))
            return new MapShape(Text(vertex), Incomplete(vertex), patterns[0], constraints);
        return new StructShape(Text(vertex), Incomplete(vertex), typeName, fields, patterns, isOpen, constraints);
    }

    private EquatableArray<Field> Fields(Vertex value, Naming naming)
    {
        var members = new List<(Vertex Arc, string Name)>();
        var owners = new Dictionary<string, Vertex>(StringComparer.Ordinal);
        foreach (Vertex arc in FieldOrder.Sort(value))
        {
            // Definitions and hidden fields are no data; what refers to them has been evaluated.
            if (!arc.Label.IsRegular)
                continue;
            string name = NameOf(arc, naming.TypeName);
            if (!naming.TryTake(name))
            {
                ReportCollision(arc, owners.TryGetValue(name, out Vertex? first) ? first : null, name, naming.TypeName);
                name = naming.NestedType(name);
            }
            else
            {
                owners.Add(name, arc);
            }
            members.Add((arc, name));
        }

        var fields = new List<Field>(members.Count);
        foreach ((Vertex arc, string name) in members)
        {
            cancellation.ThrowIfCancellationRequested();
            _path.Push(arc.Label.ToString());
            fields.Add(Field(arc, name, naming));
            _path.Pop();
        }
        return fields.ToEquatableArray();
    }

    private Field Field(Vertex arc, string name, Naming naming)
    {
        Presence presence = arc.ArcType switch
        {
            ArcType.Optional => Presence.Optional,
            ArcType.Required => Presence.Required,
            _ => Presence.Regular,
        };
        Shape shape = arc.ArcType == ArcType.Pending
            ? Unsupported(arc, "a field that comes and goes with the values of others")
            : WithRequestedType(arc, () => Value(arc, naming, name));
        return new Field(
            arc.Label.Text,
            name,
            presence,
            shape,
            presence == Presence.Regular ? Literals.FilledIn(arc) : null,
            DocumentationOf(arc),
            OriginOf(arc));
    }

    private EquatableArray<Pattern> Patterns(Vertex value, Naming naming)
    {
        if (value.Patterns is not { Count: > 0 } declared)
            return default;
        var patterns = new List<Pattern>(declared.Count);
        foreach (PatternConstraint pattern in declared)
        {
            _path.Push("[" + ValueText.Describe(pattern.Pattern) + "]");
            Vertex member = model.Evaluate(value, new Conjunct(pattern.Value, pattern.Env, pattern.Info));
            patterns.Add(new Pattern(Key(member, pattern.Pattern), Value(member, naming, "Member")));
            _path.Pop();
        }
        return patterns.ToEquatableArray();
    }

    /// <summary>What the name of a member must meet for the pattern to bind it.</summary>
    private EquatableArray<Constraint> Key(Vertex member, Value pattern)
    {
        pattern = Form.BaseOf(pattern) ?? pattern;
        if (Names(pattern) is { } names)
            return [new MatchConstraint(ValueText.Describe(pattern), names, Negated: false)];
        IReadOnlyList<Value> parts = pattern is ConjunctionValue conjunction ? conjunction.Values : [pattern];
        var key = new List<Constraint>(parts.Count);
        foreach (Value part in parts)
        {
            if (part is TypeValue && (part.Kind & CueKind.String) != 0)
                continue;
            if (Scalars.ConstraintOf(part, out string? problem) is { } constraint)
                key.Add(constraint);
            else if (Scalars.InvalidPattern(part) is { } invalid)
                Report(member, part, invalid);
            else
                Report(member, "the pattern " + ValueText.Describe(pattern) + ", " + (problem ?? "which is not a pattern for names"));
        }
        return key.ToEquatableArray();
    }

    /// <summary>The regular expression for a pattern that lists names, <c>["AMS" | "RTM"]</c>; null for any other pattern.</summary>
    private static string? Names(Value pattern)
    {
        IReadOnlyList<Value> values = pattern is DisjunctionValue disjunction ? disjunction.Values : [pattern];
        var names = new List<string>(values.Count);
        foreach (Value value in values)
        {
            if (Form.BaseOf(value) is not StringConstant name)
                return null;
            names.Add(Quoted(name.Value));
        }
        return @"\A(?:" + string.Join("|", names) + @")\z";
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            // Every punctuation character of ASCII may be escaped, and letters and digits must not be.
            if (c is > ' ' and < (char)0x7F && !char.IsLetterOrDigit(c) && c != '_')
                quoted.Append('\\');
            quoted.Append(c);
        }
        return quoted.ToString();
    }

    /// <summary>Validators on a struct or list as a whole: <c>struct.MinFields(1)</c>, <c>list.UniqueItems</c>.</summary>
    private EquatableArray<Constraint> Checks(Vertex vertex, Vertex value)
    {
        var checks = new List<Constraint>();
        foreach (Located check in value.State?.Checks ?? [])
        {
            if (Scalars.ConstraintOf(check.Value, out string? problem) is { } constraint)
                checks.Add(constraint);
            else if (problem is not null)
                Report(vertex, check.Value, problem);
        }
        return checks.ToEquatableArray();
    }

    private string NameOf(Vertex arc, string typeName)
    {
        CsAttribute? attribute = AttributeOf(arc);
        return attribute?.Name ?? MemberNames.Property(arc.Label.Text, typeName);
    }

    private void ReportCollision(Vertex arc, Vertex? first, string name, string typeName)
    {
        EquatableArray<FileRange> related = first is null ? default : [model.Range(LabelPosition(first))];
        diagnostics.Add(DiagnosticCatalogue.CollidingMembers(
            model.Range(LabelPosition(arc)), related, first?.Label.Text ?? typeName, arc.Label.Text, Path, name));
    }

    /// <summary>Where a field is declared first.</summary>
    public static Position LabelPosition(Vertex arc)
    {
        foreach (Conjunct conjunct in arc.Conjuncts)
            if (conjunct.Field?.Source is { } source)
                return source.Start;
        return PositionOf(arc);
    }

    /// <summary>The doc comments of a field or definition, lines separated by <c>\n</c>; null when it has none.</summary>
    public static string? DocumentationOf(Vertex arc) => DocComments.Of(arc) is { Count: > 0 } texts ? string.Join("\n", texts) : null;

    private string? OriginOf(Vertex arc) => LabelPosition(arc).File is { } file ? model.DisplayName(file.Name) : null;
}
