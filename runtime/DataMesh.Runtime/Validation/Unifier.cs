using System.Collections.Immutable;
using System.Globalization;
using DataMesh.Json;

namespace DataMesh.Validation;

/// <summary>Unifies a document's tree with a shape: finds what is wrong, and fills in what the schema gives.</summary>
internal sealed class Unifier
{
    // A document can make nested disjunctions multiply; this many steps are far beyond any honest one.
    private const int MaxSteps = 5_000_000;
    private const int MaxFillDepth = 200;

    // The disjunctions that are being filled in: one that is met again inside of itself never ends.
    private readonly HashSet<DisjunctionShape> _filling = [];

    private int _steps;

    /// <summary>True when the document was given up: the verdict is an error, not a guess.</summary>
    public bool IsOverBudget => _steps > MaxSteps;

    /// <summary>The unified value, or null where there is none.</summary>
    /// <param name="node">The document's value; null when there is none.</param>
    /// <param name="shape">What it must be.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="schema">Where the shape stands in the schema.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="fillDepth">How many levels were filled in without a document's value.</param>
    public JsonNode? Unify(JsonNode? node, Shape shape, Place? place, string? schema, Findings findings, int fillDepth = 0)
    {
        while (shape is ReferenceShape reference)
            shape = reference.Target;
        if (++_steps > MaxSteps || fillDepth > MaxFillDepth)
        {
            _steps = MaxSteps + 1;
            return node;
        }
        return shape switch
        {
            ScalarShape scalar => UnifyScalar(node, scalar, place, schema, findings),
            ConstantShape constant => UnifyConstant(node, constant, place, schema, findings),
            StructShape record => UnifyStruct(node, record, place, schema, findings, fillDepth),
            ListShape list => UnifyList(node, list, place, schema, findings, fillDepth),
            DisjunctionShape disjunction => UnifyDisjunction(node, disjunction, place, schema, findings, fillDepth),
            _ => throw new InvalidOperationException($"unknown shape {shape.GetType()}"),
        };
    }

    private static JsonNode? UnifyScalar(JsonNode? node, ScalarShape shape, Place? place, string? schema, Findings findings)
    {
        if (node is null)
        {
            findings.Add(shape.Constraints is [ImpossibleConstraint impossible, ..]
                ? new Finding(FindingClass.Conflict, ValidationCodes.Conflict, place, impossible.Text, null, schema)
                : Finding.Incomplete(place, shape.Incomplete, schema));
            return null;
        }

        // The first constraint of another type is the conflict; without one, every constraint that is not met is told.
        foreach (Constraint constraint in shape.Constraints)
        {
            if (Fits(node, constraint.Kinds))
                continue;
            findings.Add(Finding.TypeConflict(place, node, constraint.Text, CueText.KindName(constraint.Kinds), constraint.Text, schema));
            return node;
        }
        if (!Fits(node, shape.Kinds))
        {
            findings.Add(Finding.TypeConflict(place, node, shape.Text, CueText.KindName(shape.Kinds), shape.Text, schema));
            return node;
        }
        CheckConstraints(node, shape.Constraints, place, schema, findings);
        return node;
    }

    private static void CheckConstraints(JsonNode node, Constraint[] constraints, Place? place, string? schema, Findings findings)
    {
        foreach (Constraint constraint in constraints)
        {
            if (constraint.Accepts(node))
                continue;
            findings.Add(new Finding(
                FindingClass.Conflict,
                constraint is ImpossibleConstraint ? ValidationCodes.Conflict : ValidationCodes.OutOfBound,
                constraint is ImpossibleConstraint { IsBottom: true } ? null : place,
                constraint.Message(Finding.Show(place, node), node),
                constraint.Text,
                schema));
        }
    }

    private static JsonNode UnifyConstant(JsonNode? node, ConstantShape shape, Place? place, string? schema, Findings findings)
    {
        if (node is null)
            return shape.Value;
        if (CueText.KindOf(node) != CueText.KindOf(shape.Value))
            findings.Add(Finding.TypeConflict(place, node, shape.Text, CueText.KindName(shape.Value), shape.Text, schema));
        else if (!node.ValueEquals(shape.Value))
            findings.Add(Finding.ValueConflict(place, shape.Text, CueText.Value(node), shape.Text, schema));
        return node;
    }

    private JsonNode? UnifyStruct(JsonNode? node, StructShape shape, Place? place, string? schema, Findings findings, int fillDepth)
    {
        if (node is not null && node.Kind != JsonKind.Object)
        {
            findings.Add(Finding.TypeConflict(place, node, shape.Text, "struct", shape.Text, schema));
            return node;
        }
        var result = JsonNode.Object();
        for (int i = 0; i < (node?.Items.Count ?? 0); i++)
        {
            string name = node!.Names[i];
            if (UnifyMember(node.Items[i], shape, name, place, findings) is { } value)
                result.Add(name, value);
        }
        foreach (FieldShape field in shape.Fields)
        {
            string name = field.Name.Normalize();
            if (node is not null && node.IndexOf(name) >= 0)
                continue;
            if (FillIn(field, Place.Member(place, name, field.IsPersonalData), findings, fillDepth + (node is null ? 1 : 0)) is { } value)
                result.Add(name, value);
        }
        CheckConstraints(result, shape.Constraints, place, schema, findings);
        return result;
    }

    private JsonNode? UnifyMember(JsonNode value, StructShape shape, string name, Place? place, Findings findings)
    {
        if (shape.Find(name) is { } field)
            return Unify(value, field.Shape, Place.Member(place, name, field.IsPersonalData), field.Schema, findings);
        Place at = Place.Member(place, name);
        bool isAllowed = shape.IsOpen;
        JsonNode? result = value;
        foreach (PatternShape pattern in shape.Patterns)
        {
            if (!pattern.Matches(name))
                continue;
            isAllowed = true;
            result = Unify(result, pattern.Shape, at, null, findings);
            if (pattern.IsRaw)
                result = result?.WithoutCases();
        }
        if (!isAllowed)
            findings.Add(new Finding(FindingClass.NotAllowed, ValidationCodes.NotAllowed, at, "field not allowed", null, null));
        return result;
    }

    private JsonNode? FillIn(FieldShape field, Place place, Findings findings, int fillDepth)
    {
        switch (field.Presence)
        {
            case Presence.Optional:
                return null;
            case Presence.Required:
                findings.Add(new Finding(
                    FindingClass.Incomplete, ValidationCodes.Required, place, "field is required but not present", field.Shape.Incomplete, field.Schema));
                return null;
            default:
                JsonNode? given = field.Default is null ? null : new ConstantShape("", field.Default).Value;
                return Unify(given, field.Shape, place, field.Schema, findings, fillDepth + 1);
        }
    }

    private JsonNode? UnifyList(JsonNode? node, ListShape shape, Place? place, string? schema, Findings findings, int fillDepth)
    {
        if (node is not null && node.Kind != JsonKind.Array)
        {
            findings.Add(Finding.TypeConflict(place, node, shape.Text, "list", shape.Text, schema));
            return node;
        }
        var result = JsonNode.Array();
        if (node is null)
        {
            for (int i = 0; i < shape.Prefix.Length; i++)
                result.Items.Add(Unify(null, shape.Prefix[i], Place.Element(place, i), schema, findings, fillDepth + 1) ?? JsonNode.Null);
        }
        else
        {
            int count = node.Items.Count;
            if (count < shape.Prefix.Length || (shape.Rest is null && count > shape.Prefix.Length))
                findings.Add(Finding.ListLength(place, count, shape.Prefix.Length, schema));
            for (int i = 0; i < count; i++)
            {
                Shape? element = i < shape.Prefix.Length ? shape.Prefix[i] : shape.Rest;
                JsonNode item = node.Items[i];
                result.Items.Add(element is null ? item : Unify(item, element, Place.Element(place, i), schema, findings) ?? JsonNode.Null);
            }
        }
        CheckConstraints(result, shape.Constraints, place, schema, findings);
        return result;
    }

    private JsonNode? UnifyDisjunction(JsonNode? node, DisjunctionShape shape, Place? place, string? schema, Findings findings, int fillDepth)
    {
        // Of a value that is not there the marked alternatives count, or the only one that can end.
        if (node is null && !_filling.Add(shape))
        {
            findings.Add(new Finding(FindingClass.Conflict, ValidationCodes.Conflict, place, "structural cycle", null, schema));
            return null;
        }
        bool onlyMarked = node is null && Array.Exists(shape.Alternatives, static a => a.IsDefault);
        var remaining = new List<Choice>();
        var failed = new List<(ImmutableArray<Finding> All, ImmutableArray<Finding> Leading)>();
        for (int i = 0; i < shape.Alternatives.Length; i++)
        {
            Alternative alternative = shape.Alternatives[i];
            if (onlyMarked && !alternative.IsDefault)
                continue;
            var own = new Findings();
            JsonNode? result = Unify(node, alternative.Shape, place, schema, own, fillDepth);
            if (own.HasFailed)
                failed.Add((own.Visible, Leading(own.Visible, alternative.Shape, place)));
            else
                remaining.Add(new Choice(shape.IsUnion ? result?.AsUnionCase(i) : result, own, alternative));
        }
        if (node is null)
            _filling.Remove(shape);
        if (remaining.Count == 0)
        {
            findings.AddRange(NoneLeft(failed, place, schema));
            return node;
        }

        // A scalar that is given is the same value in every alternative that takes it.
        if (node is { Kind: not (JsonKind.Object or JsonKind.Array) } && !shape.IsUnion)
            return remaining.Find(static r => r.Node is { UnionCase: >= 0 }).Node ?? node;
        if (remaining.Count > 1)
        {
            if (remaining.FindAll(static r => r.Alternative.IsDefault) is { Count: > 0 } marked)
                remaining = marked;
            if (!remaining.TrueForAll(r => AreSame(r, remaining[0])))
            {
                findings.Add(Finding.Incomplete(place, shape.Incomplete, schema));
                return node;
            }
        }
        findings.AddRange(remaining[0].Findings.Visible);
        return remaining[0].Node;
    }

    /// <summary>An alternative that the value meets.</summary>
    private readonly record struct Choice(JsonNode? Node, Findings Findings, Alternative Alternative);

    /// <summary>Two alternatives that remain are one when they are the same value, complete, and could still take the same fields.</summary>
    private static bool AreSame(Choice one, Choice other) =>
        ReferenceEquals(one.Alternative, other.Alternative) ||
        (one.Findings.IsEmpty && other.Findings.IsEmpty && one.Node is not null && other.Node is not null &&
            one.Node.ValueEquals(other.Node) && OpenFields(one).SetEquals(OpenFields(other)));

    /// <summary>The optional fields that the value has not.</summary>
    private static HashSet<string> OpenFields(Choice choice)
    {
        Shape shape = choice.Alternative.Shape;
        while (shape is ReferenceShape reference)
            shape = reference.Target;
        return shape is StructShape record
            ? [.. record.Fields.Where(f => f.Presence == Presence.Optional && choice.Node!.IndexOf(f.Name.Normalize()) < 0).Select(static f => f.Name)]
            : [];
    }

    private static IEnumerable<Finding> NoneLeft(
        List<(ImmutableArray<Finding> All, ImmutableArray<Finding> Leading)> failed, Place? place, string? schema)
    {
        // What every alternative has against a field is not about the choice: it is told alone.
        string here = Place.Pointer(place);
        List<Finding> common = [.. failed[0].All.Where(f =>
            f.Class == FindingClass.Conflict && Place.Pointer(f.Place) != here && failed.TrueForAll(other => other.All.Any(o => IsSame(o, f))))];
        if (common.Count > 0 && failed.Count > 1)
            return common;

        // Where some alternatives do not have the fields, those that fail further down in a choice of their own say nothing.
        bool skipsNested = failed.Exists(static f => f.Leading[0].Class == FindingClass.NotAllowed && f.Leading[0].Causes.IsEmpty);
        var seen = new HashSet<(string, string)>();
        ImmutableArray<Finding> causes = [.. failed
            .SelectMany(static f => f.Leading)
            .Where(f => (!skipsNested || f.Causes.IsEmpty) && seen.Add((Place.Pointer(f.Place), f.Message)))];
        return causes.Length == 1 ? causes : [EmptyDisjunction(causes, place, schema)];
    }

    /// <summary>
    /// What is told of an alternative that fails: it is left at its first conflict, so that place alone, and the length of a
    /// list. An element of an open list stands for the list.
    /// </summary>
    private static ImmutableArray<Finding> Leading(ImmutableArray<Finding> findings, Shape alternative, Place? place)
    {
        if (findings[0].Class == FindingClass.NotAllowed)
            return findings;
        Finding first = findings.FirstOrDefault(static f => !f.IsListLength) ?? findings[0];
        string pointer = Place.Pointer(first.Place);
        int opensAt = alternative is ListShape list ? list.Prefix.Length : int.MaxValue;
        return [.. findings
            .Where(f => f.IsListLength || Place.Pointer(f.Place) == pointer)
            .Select(f => f.Causes.IsEmpty && Place.IsElement(f.Place, place, opensAt) ? f with { Place = place } : f)];
    }

    private static bool IsSame(Finding one, Finding other) =>
        one.Message == other.Message && Place.Pointer(one.Place) == Place.Pointer(other.Place);

    private static Finding EmptyDisjunction(ImmutableArray<Finding> causes, Place? place, string? schema) => new(
        causes.All(static f => f.Class == FindingClass.NotAllowed) ? FindingClass.NotAllowed : FindingClass.Conflict,
        ValidationCodes.Conflict,
        place,
        string.Create(CultureInfo.InvariantCulture, $"{causes.Sum(CountLines)} errors in empty disjunction:"),
        null,
        schema)
    { Causes = causes };

    private static int CountLines(Finding finding) => 1 + finding.Causes.Sum(CountLines);

    private static bool Fits(JsonNode node, ValueKinds kinds) =>
        (CueText.KindOf(node) & kinds) != 0 ||
        (node.Kind == JsonKind.String && (kinds & ValueKinds.Bytes) != 0 && Base64Text.IsValid(node.Text));
}
