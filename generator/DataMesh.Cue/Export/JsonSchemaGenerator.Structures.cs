using DataMesh.Cue.RegularExpressions;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>Structs and lists.</content>
internal sealed partial class JsonSchemaGenerator
{
    private void AddStruct(JsonTree schema, CueValue value)
    {
        schema.Set("type", "object");
        JsonTree properties = new();
        List<object> required = [];
        bool fillsIn = false;
        foreach (CueField field in value.Fields)
        {
            if (field.IsDefinition || field.IsHidden)
            {
                // No part of the document, but it can constrain what is.
                _references.Enter(field.Value.Vertex);
                if (!field.Value.Vertex.Conjuncts.TrueForAll(static each => each.Field is null) && _references.Find(field.Value.Vertex) is { } found)
                    Unsupported(schema, field.Value, Text(found) + " is a value of the same document");
                continue;
            }

            properties.Set(field.Name, Property(field.Value));
            if (field.Kind == CueFieldKind.Required || (field.Kind == CueFieldKind.Regular && !_isMatching && !IsComplete(field.Value)))
                required.Add(field.Name);
            else
                fillsIn |= field.Kind == CueFieldKind.Regular;
        }

        if (properties.Count > 0)
            schema.Set("properties", properties);
        if (required.Count > 0)
            schema.Set("required", required);
        AddPatterns(schema, value);
        if (!IsOpen(value))
            schema.Set("additionalProperties", false);
        foreach (CueValidatorConstraint validator in value.Validators)
        {
            if (fillsIn && validator.Package == "struct")
                Unsupported(schema, value, validator.Name + " counts fields that are filled in");
            else
                AddValidator(schema, value, validator);
        }
    }

    /// <summary>Whether there may be fields of any name. A struct that has an ellipsis can be closed by another conjunct.</summary>
    private static bool IsOpen(CueValue value) => value.IsOpen && value.Allows("\uE000");

    private JsonTree Property(CueValue value)
    {
        // An optional field may be impossible; then it must not be there. One that recurs is not, and said by references only.
        if (value.Error is { Code: not (CueErrorCode.Incomplete or CueErrorCode.Structural) } && TargetOf(value.Vertex) is null)
            return new JsonTree(("not", new JsonTree()));
        return Describe(value, Build(value));
    }

    /// <summary>Whether a field need not be there because its value is known, or filled in by default.</summary>
    private static bool IsComplete(CueValue value) => value.Validate(concrete: true, final: true).Count == 0;

    private void AddPatterns(JsonTree schema, CueValue value)
    {
        JsonTree patterns = new();
        foreach (CuePattern pattern in value.Patterns)
        {
            if (pattern.Value.IsTop && IsOpen(value))
                continue;
            JsonTree field = Property(pattern.Value);
            if (NamePattern(pattern.Pattern) is not { } name)
                Unsupported(schema, value, $"the pattern [{pattern.Pattern}]");
            else if (name.Length == 0 && value.Patterns.Count == 1)
                schema.Set("additionalProperties", field);
            else if (patterns.Find(name) is JsonTree before)
                patterns.Set(name, new JsonTree(("allOf", (List<object>)[before, field])));
            else
                patterns.Set(name, field);
        }

        if (patterns.Count > 0)
            schema.Set("patternProperties", patterns);
    }

    /// <summary>The names that a pattern constraint applies to, as a regular expression; empty for all; null when there is none.</summary>
    private static string? NamePattern(CueValue pattern)
    {
        if (pattern.AsString() is { } name)
            return "^" + EcmaScriptPattern.Quote(name) + "$";
        if (pattern.Disjuncts.Count > 0)
        {
            List<string?> names = [.. pattern.Disjuncts.Select(NamePattern)];
            return names.Contains(null) ? null : "(?:" + string.Join("|", names) + ")";
        }

        if (pattern.IsTop)
            return "";
        if ((pattern.IncompleteKind & CueKind.String) == 0)
            return null;
        List<string> all = [];
        foreach (CueConstraint constraint in pattern.Constraints)
        {
            string? one = constraint switch
            {
                CueTypeConstraint => "",
                CueBoundConstraint { Operator: TokenKind.Match } bound => Translate(bound.Operand),
                CueBoundConstraint { Operator: TokenKind.NotMatch } bound => Translate(bound.Operand) is { } excluded ? $"^(?![\\s\\S]*(?:{excluded}))" : null,
                CueBoundConstraint { Operator: TokenKind.NotEqual } bound when bound.Operand.AsString() is { } excluded => $"^(?!{EcmaScriptPattern.Quote(excluded)}$)",
                CueValidatorConstraint { Package: "strings", Name: "MinRunes", Arguments: [var least] } => $"^[\\s\\S]{{{least.AsNumberText()},}}",
                CueValidatorConstraint { Package: "strings", Name: "MaxRunes", Arguments: [var most] } => $"^[\\s\\S]{{0,{most.AsNumberText()}}}$",
                _ => null,
            };
            if (one is null)
                return null;
            if (one.Length > 0)
                all.Add(one);
        }

        return all.Count <= 1 ? string.Concat(all) : "^" + string.Concat(all.Select(static each => $"(?=[\\s\\S]*(?:{each}))"));
    }

    private void AddList(JsonTree schema, CueValue value)
    {
        schema.Set("type", "array");
        IReadOnlyList<CueValue> elements = value.Elements;
        if (elements.Count > 0)
        {
            schema.Set("prefixItems", (List<object>)[.. elements.Select(element => (object)Property(element))]);
            schema.Set("minItems", Number(elements.Count));
        }

        if (value.ElementType is { } more)
        {
            if (!more.IsTop)
                schema.Set("items", Property(more));
        }
        else if (elements.Count > 0)
        {
            schema.Set("items", false);
        }
        else
        {
            schema.Set("maxItems", Number(0));
        }

        foreach (CueValidatorConstraint validator in value.Validators)
            AddValidator(schema, value, validator);
    }

    private static RawJson Number(int value) => new(OpenApiExporter.Name(value));
}
