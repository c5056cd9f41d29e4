using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>
/// Turns values into JSON Schemas. A value is taken as evaluation left it, all its conjuncts unified; only what is nothing but
/// a reference to a definition stays one, which is also how schemas recur.
/// </summary>
internal sealed partial class JsonSchemaGenerator
{
    private const int MaxDepth = 100;

    /// <summary>Values of few lines can be exponentially large: what has more parts is refused.</summary>
    private const int MaxSchemas = 100_000;

    private readonly CueContext _context;
    private readonly CueValue _root;
    private readonly JsonSchemaOptions _options;
    private readonly DataReferences _references;
    private readonly Dictionary<Vertex, string> _names = [];
    private readonly Dictionary<string, JsonTree> _definitions = new(StringComparer.Ordinal);
    private readonly HashSet<Vertex> _open = [];
    private int _depth;
    private int _count;

    /// <summary>In the schemas of <c>matchN</c> and <c>matchIf</c> fields that are missing do no harm, unless they are marked with <c>!</c>.</summary>
    private bool _isMatching;

    public JsonSchemaGenerator(CueValue root, JsonSchemaOptions options)
    {
        _root = root;
        _context = root.Context;
        _options = options;
        _references = new DataReferences(_context.Evaluator);
    }

    public JsonTree Document()
    {
        JsonTree schema = Definition(_root);
        if (_root.Vertex.Parent is null)
        {
            foreach (CueField field in _root.Fields.Where(static field => field.IsDefinition && !field.IsHidden))
                Reference(field.Value.Vertex);
        }

        JsonTree document = new(("$schema", "https://json-schema.org/draft/2020-12/schema"));
        if (_options.Id is { } id)
            document.Set("$id", id);
        document.SetAll(Describe(_root, schema));
        if (_definitions.Count > 0)
            document.Set("$defs", new JsonTree([.. _definitions.OrderBy(static each => each.Key, StringComparer.Ordinal).Select(static each => (each.Key, (object)each.Value))]));
        return document;
    }

    /// <summary>The schema of a value that others may refer to.</summary>
    private JsonTree Definition(CueValue value)
    {
        for (Vertex? around = value.Vertex.Parent; around?.Parent is not null; around = around.Parent)
            _references.Enter(around);
        return Inline(value);
    }

    /// <summary>A reference to the schema of a definition, which is made when it is first needed.</summary>
    private JsonTree Reference(Vertex definition)
    {
        if (ReferenceEquals(definition, _root.Vertex))
            return new JsonTree(("$ref", "#"));
        if (!_names.TryGetValue(definition, out string? name))
        {
            string wanted = NameOf(definition);
            name = wanted;
            for (int i = 2; _definitions.ContainsKey(name); i++)
                name = wanted + OpenApiExporter.Name(i);
            _names.Add(definition, name);
            _definitions.Add(name, new JsonTree());
            CueValue value = new(_context, definition);
            _definitions[name] = Describe(value, Definition(value));
        }

        string pointer = Uri.EscapeDataString(name.Replace("~", "~0").Replace("/", "~1"));
        return new JsonTree(("$ref", "#/$defs/" + pointer));
    }

    private static string NameOf(Vertex vertex)
    {
        List<string> names = [];
        for (Vertex? at = vertex; at?.Parent is not null; at = at.Parent)
            names.Add(at.Label.IsDefinition ? at.Label.Text.TrimStart('_').TrimStart('#') : at.Label.Text);
        names.Reverse();
        return string.Join(".", names);
    }

    /// <summary>A schema with what is said of the field in comments.</summary>
    private static JsonTree Describe(CueValue value, JsonTree schema)
    {
        string text = string.Join("\n\n", value.Documentation.Select(static comment => comment.TrimEnd('\n'))).Trim();
        if (text.Length == 0)
            return schema;
        JsonTree described = new(("description", text));
        described.SetAll(schema);
        return described;
    }

    private JsonTree Build(CueValue value)
    {
        if (TargetOf(value.Vertex) is { } target && !_isMatching)
        {
            if (_references.Find(value.Vertex) is { } found)
                return Unsupported(new JsonTree(), value, Text(found) + " is a value of the same document");
            return Reference(target);
        }

        return Inline(value);
    }

    /// <summary>The definition that a value is nothing but a reference to, or the value around it that it repeats.</summary>
    private Vertex? TargetOf(Vertex vertex)
    {
        Vertex? target = null;
        foreach (Conjunct conjunct in vertex.Conjuncts)
        {
            if (!Evaluator.IsReference(conjunct.Expr) || conjunct.Env is null)
                return null;
            if (_context.Evaluator.Evaluate(conjunct.Expr, conjunct.Env, new Frame(vertex, ConjunctInfo.Root)) is not Vertex found)
                return null;
            if ((target is not null && !ReferenceEquals(target, found)) || found.Parent is null || !found.Label.IsValid)
                return null;
            target = found;
        }

        if (target is null)
            return null;
        return target.Label.IsDefinition || _open.Contains(target.Resolve()) ? target : null;
    }

    private JsonTree Inline(CueValue value)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        Vertex vertex = value.Resolved;
        if (_depth >= MaxDepth)
            throw new SchemaException("cannot be expressed in JSON Schema: it nests within itself other than by a reference to a definition", value);
        if (++_count > MaxSchemas)
            throw new SchemaException("the JSON Schema is too large", value);
        bool isNew = _open.Add(vertex);
        _depth++;
        try
        {
            return Constrain(value);
        }
        finally
        {
            _depth--;
            if (isNew)
                _open.Remove(vertex);
        }
    }

    private JsonTree Constrain(CueValue value)
    {
        _references.Enter(value.Vertex);
        List<Alternative> alternatives = ReferringAlternatives(value) ?? [.. value.Disjuncts.Select(static each => new Alternative(each, IsReference: false))];
        JsonTree schema = new();
        if (_references.Find(value.Vertex) is { } found)
        {
            schema = Unsupported(schema, value, Text(found) + " is a value of the same document");
            if (alternatives.Count == 0 && value.Kind is not (CueKind.Struct or CueKind.List))
                return schema;
        }

        if (alternatives.Count > 0)
        {
            AddAlternatives(schema, value, alternatives);
        }
        else if (value.Error is { } error)
        {
            if (error.Code != CueErrorCode.Incomplete)
                throw new SchemaException(error.Message, value);
            if (WithoutValidators(value) is not { } rest)
                return Unsupported(schema, value, error.Message);
            AddValue(schema, rest);
            foreach (CueValidatorConstraint validator in value.Validators)
                AddValidator(schema, value, validator);
        }
        else
        {
            foreach (CueExpression expression in value.Expressions)
                schema = Unsupported(schema, value, expression.Message ?? "a value that is not known");
            AddValue(schema, value);
        }

        if (value.Default is { Disjuncts.Count: 0 } chosen && !_isMatching && JsonExporter.TryExport(chosen, out string json, out _))
            schema.Set("default", new RawJson(json));
        return schema;
    }

    /// <summary>A struct or list of which only data can tell whether it has as many members as a validator wants, without the validators.</summary>
    private CueValue? WithoutValidators(CueValue value)
    {
        if (value.Validators.Count == 0)
            return null;
        Vertex vertex = new(value.Resolved.Parent, value.Resolved.Label) { IsDetached = true, IsInDefinition = value.Resolved.IsInDefinition };
        foreach (Leaf leaf in value.Resolved.State!.Leaves)
        {
            if (leaf.Expr is not ValueExpr { Value: ValidatorValue })
                vertex.Conjuncts.Add(leaf.Conjunct);
        }

        CueValue rest = new(_context, vertex);
        return rest.Error is null ? rest : null;
    }

    private void AddValue(JsonTree schema, CueValue value)
    {
        switch (value.Kind)
        {
            case CueKind.Struct:
                AddStruct(schema, value);
                break;
            case CueKind.List:
                AddList(schema, value);
                break;
            case CueKind.Bottom:
                AddScalar(schema, value);
                break;
            case CueKind.Null:
                schema.Set("type", "null");
                break;
            case CueKind.Bytes:
                AddBytes(schema);
                schema.Set("const", Json(value));
                break;
            case CueKind.Func:
                Unsupported(schema, value, "a function");
                break;
            default:
                schema.Set("const", Json(value));
                break;
        }
    }

    /// <summary>Refuses a constraint, or says so where it belongs.</summary>
    private JsonTree Unsupported(JsonTree schema, CueValue value, string what)
    {
        if (!_options.AnnotateUnsupported)
            throw new SchemaException("cannot be expressed in JSON Schema: " + what, value);
        string text = "CUE: " + what;
        schema.Set("$comment", schema.Find("$comment") is string before ? before + "; " + text : text);
        return schema;
    }

    private static string Text(Expr expression) => ExprText.Of(expression);

    private static RawJson Json(CueValue value)
    {
        if (!JsonExporter.TryExport(value, out string json, out CueError? error))
            throw new SchemaException(error!.Message, value);
        return new RawJson(json);
    }

    /// <summary>A keyword that is there already goes to <c>allOf</c>.</summary>
    private static void Add(JsonTree schema, string keyword, object value)
    {
        if (!schema.Has(keyword))
        {
            schema.Set(keyword, value);
            return;
        }

        List<object> all = schema.Find("allOf") as List<object> ?? [];
        all.Add(new JsonTree((keyword, value)));
        schema.Set("allOf", all);
    }

    /// <summary>One of the values that a disjunction takes.</summary>
    private readonly record struct Alternative(CueValue Value, bool IsReference);
}
