using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>
/// Schemas without references. OpenAPI wants "structural" schemas there: types and properties stand at the top, for all
/// alternatives at once, and the alternatives say only what tells them apart.
/// </content>
internal sealed partial class SchemaGenerator
{
    /// <summary>Expansion can make schemas exponentially large: what has more parts is refused.</summary>
    private const int MaxSchemas = 100_000;

    /// <summary>The values that are being written out: one that refers to itself has no end.</summary>
    private readonly List<Vertex> _expanding = [];
    private readonly List<string> _path = [];
    private int _count;

    /// <param name="value">What to write out.</param>
    /// <param name="outline">What is said of the value at the top already; null at the top.</param>
    /// <param name="isAlternative">Whether the schema is one of several, whose types are left out.</param>
    private JsonTree Expand(CueValue value, Outline? outline, bool isAlternative = false, string inheritedType = "")
    {
        if (outline is null && !isAlternative && IsRecursion(value.Vertex))
            throw new SchemaException($"cycle in reference at #{string.Join(".", _path)}: cyclic structures not allowed when reference expansion is requested", value);
        if (++_depth > MaxDepth || ++_count > MaxSchemas)
            throw new SchemaException(_count > MaxSchemas ? "openapi: the schemas are too large" : "openapi: value nests too deeply", value);
        Vertex resolved = value.Resolved;
        _expanding.Add(resolved);
        try
        {
            Check(value);
            bool isStruct = value.IncompleteKind == CueKind.Struct;
            bool isOutlined = outline is null && isStruct && value.Disjuncts.Count > 0;
            if (isOutlined)
                outline = Outline.Of(this, [OnlyAlternative(value) ?? value]);
            SchemaBuilder builder = new(outline is not null || isAlternative ? "" : inheritedType, areTypesStated: isAlternative || (outline is not null && !isOutlined)) { Outline = outline };
            List<Part> parts = [];
            foreach (Conjunct conjunct in value.Vertex.Conjuncts)
                SplitExpanded(conjunct.Expr, conjunct.Env, value.Vertex, parts, 0);
            if (isStruct && value.Disjuncts.Count > 0)
                AddStructParts(builder, value, Distinct(value, parts), isAlternative);
            else if (!isAlternative && FormatOf(value) is { } format)
                AddFormat(builder, value.IncompleteKind, format);
            else
                AddValue(builder, value, isAlternative);

            JsonTree schema = builder.Finish();
            return isOutlined ? SchemaBuilder.Merge(outline!.ToTree(), schema) : schema;
        }
        finally
        {
            _depth--;
            _expanding.RemoveAt(_expanding.Count - 1);
        }
    }

    /// <summary>Whether a value is a definition again that is being written out around it.</summary>
    private bool IsRecursion(Vertex vertex) =>
        vertex.Conjuncts is [{ Env: { } env, Expr: not LabelRef } conjunct] && Evaluator.IsReference(conjunct.Expr)
        && FindTarget(conjunct.Expr, env, vertex) is { Target: { Parent: not null } target } && _expanding.Contains(target.Resolve());

    /// <summary>Takes a conjunct apart at <c>&amp;</c>, embeddings, and what references name.</summary>
    private void SplitExpanded(Expr expr, Env? env, Vertex vertex, List<Part> parts, int depth)
    {
        List<Part> split = [];
        Split(expr, env, vertex, split, isOnlyEmbedding: false, depth);
        foreach (Part part in split)
        {
            if (part is { Expr: not LabelRef, Target: { Parent: not null } target } && depth < MaxDepth)
            {
                foreach (Conjunct conjunct in target.Conjuncts)
                    SplitExpanded(conjunct.Expr, conjunct.Env, target, parts, depth + 1);
            }
            else
            {
                parts.Add(part);
            }
        }
    }

    /// <summary>The parts without those that repeat another.</summary>
    private List<Part> Distinct(CueValue whole, List<Part> parts)
    {
        List<Part> distinct = [];
        List<CueValue> values = [];
        foreach (Part part in parts)
        {
            CueValue value = Evaluate(whole, [part]);
            if (parts.Count > 1 && values.Exists(other => SameAlternatives(other, value)))
                continue;
            values.Add(value);
            distinct.Add(part);
        }

        return distinct;
    }

    /// <summary>What the alternatives of a value have in common: for structs their properties, of whichever alternative they are.</summary>
    internal sealed class Outline
    {
        private readonly List<KeyValuePair<string, Outline>> _properties = [];
        private string? _description;
        private string? _type;
        private JsonTree? _items;
        private object? _additional;

        /// <summary>The whole schema, where all alternatives agree; then there is nothing left to say.</summary>
        public JsonTree? Complete { get; private init; }

        /// <summary>Whether the alternatives are of different types or are different constants.</summary>
        public bool IsMixed { get; private init; }

        /// <summary>What numbers are stored as, of the last alternative that says so.</summary>
        public object? Format { get; private set; }

        /// <summary>What is said of a property; null if nothing is.</summary>
        public Outline? Property(string name) => _properties.Find(property => property.Key == name).Value;

        /// <summary>The outline of structs or their alternatives.</summary>
        /// <param name="generator">What builds the schemas.</param>
        /// <param name="values">The structs, or disjunctions of them.</param>
        /// <param name="isMixed">Whether they are not all there is.</param>
        public static Outline Of(SchemaGenerator generator, List<CueValue> values, bool isMixed = false)
        {
            Outline outline = new() { IsMixed = isMixed, _type = isMixed ? null : "object" };
            List<CueValue> structs = [];
            foreach (CueValue value in values.SelectMany(static value => value.Disjuncts.Count > 0 ? value.Disjuncts : [value]))
            {
                if (!structs.Exists(other => SameShape(other, value, 0)))
                    structs.Add(value);
            }

            List<string> names = [];
            Dictionary<string, List<CueField>> fields = new(StringComparer.Ordinal);
            List<JsonTree> additional = [];
            foreach (CueValue value in structs)
            {
                foreach (CueField field in Members(value))
                {
                    if (!fields.TryGetValue(field.Name, out List<CueField>? same))
                    {
                        names.Add(field.Name);
                        fields.Add(field.Name, same = []);
                    }

                    same.Add(field);
                }

                if (generator.Additional(value) is { } more && !additional.Exists(other => other.ToString() == more.ToString()))
                    additional.Add(more);
            }

            if (additional.Count > 0)
                outline._additional = additional.Count == 1 ? additional[0] : new JsonTree();
            foreach (string name in names)
                outline._properties.Add(new(name, OfProperty(generator, name, fields[name])));
            return outline;
        }

        private static Outline OfProperty(SchemaGenerator generator, string name, List<CueField> fields)
        {
            List<CueField> distinct = [];
            foreach (CueField field in fields)
            {
                if (!distinct.Exists(other => other.Kind == field.Kind && SameAlternatives(other.Value, field.Value)))
                    distinct.Add(field);
            }

            List<CueValue> values = [.. distinct.Select(static field => field.Value)];
            List<CueValue> structs = [.. values.Where(static value => value.IncompleteKind == CueKind.Struct)];
            bool areStructs = structs.Count == values.Count;
            if (values.Count == 1 && !(areStructs && values[0].Disjuncts.Count > 0))
                return new Outline { Complete = generator.Property(fields[0]) };
            Outline outline = generator.In(name, () => Of(generator, structs, isMixed: !areStructs));
            // What the last one is, is said of all; what lists say of their elements counts for structs too, as cue has it.
            JsonTree? items = values.Select(static value => value.Kind == CueKind.List ? value.ElementType : null).LastOrDefault(static more => more is not null) is { } more
                ? generator.In("*", () => generator.Build(more, "")) : null;
            CueValue last = values[values.Count - 1];
            if (last.IncompleteKind == CueKind.Struct)
                (outline._type, outline._additional) = ("object", outline._additional ?? items);
            else if (last.Kind == CueKind.List && items is not null)
                (outline._type, outline._items) = ("array", items);
            string text = fields.Select(static field => Documentation(field.Value)).LastOrDefault(static text => text.Length > 0) ?? "";
            outline._description = text.Length > 0 ? text : null;
            if (!areStructs)
                outline.Format = values.Select(value => generator.Expand(value, null).Find("format")).LastOrDefault(static format => format is not null);
            return outline;
        }

        public JsonTree ToTree()
        {
            if (Complete is { } complete)
                return complete;
            JsonTree tree = new();
            if (_description is { } description)
                tree.Set("description", description);
            if (_type is { } type)
                tree.Set("type", type);
            if (Format is { } format)
                tree.Set("format", format);
            if (_items is { } items)
                tree.Set("items", items);
            if (_type == "object" && _properties.Count > 0)
                tree.Set("properties", new JsonTree([.. _properties.Select(static property => (property.Key, (object)property.Value.ToTree()))]));
            if (_type == "object" && _additional is { } additional)
                tree.Set("additionalProperties", additional);
            return tree;
        }
    }
}
