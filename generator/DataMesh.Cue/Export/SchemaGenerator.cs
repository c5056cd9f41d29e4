using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>
/// Turns definitions into schemas. It looks at the expressions that a value was declared with, because a reference has to
/// stay one; what is not a reference is evaluated first.
/// </summary>
internal sealed partial class SchemaGenerator
{
    private const int MaxDepth = 100;

    private readonly CueContext _context;
    private readonly OpenApiOptions _options;
    private readonly Vertex _root;
    private int _depth;

    public SchemaGenerator(CueValue root, OpenApiOptions options)
    {
        _context = root.Context;
        _root = root.Vertex;
        _options = options;
    }

    /// <summary>The schemas by name.</summary>
    public Dictionary<string, JsonTree> Schemas { get; } = new(StringComparer.Ordinal);

    private Evaluator Evaluator => _context.Evaluator;

    public void AddDefinition(string name, CueValue value)
    {
        if (Schemas.ContainsKey(name))
            return;
        Schemas[name] = new JsonTree();
        Schemas[name] = In(name, () => Described(value));
    }

    /// <summary>Does something at a place below the current one.</summary>
    private T In<T>(string name, Func<T> action)
    {
        _path.Add(name);
        T result = action();
        _path.RemoveAt(_path.Count - 1);
        return result;
    }

    private JsonTree Described(CueValue value) => Describe(value, Build(value, ""));

    /// <summary>A schema with the documentation of its field, which a reference cannot have.</summary>
    private JsonTree Describe(CueValue value, JsonTree schema)
    {
        if (schema.Has("$ref") && schema.Count == 1 && SplitWhole(value).TrueForAll(static part => part.Target is not null))
            return schema;
        string text = Documentation(value);
        if (text.Length == 0)
            return schema;
        JsonTree described = new(("description", text));
        foreach (string name in schema.Names)
        {
            // A reference shares its object with nothing but a type.
            if (name == "$ref")
                described.Set("allOf", (List<object>)[new JsonTree((name, schema.Find(name)!))]);
            else
                described.Set(name, schema.Find(name)!);
        }

        return described;
    }

    private static string Documentation(CueValue value) =>
        string.Join("\n\n", value.Documentation.Select(static comment => comment.TrimEnd('\n') + "\n").Distinct()).Trim();

    private JsonTree Build(CueValue value, string inheritedType) => MayOmit ? BuildKnown(value, inheritedType) : BuildWhole(value, inheritedType);

    private JsonTree BuildWhole(CueValue value, string inheritedType)
    {
        if (_options.ExpandReferences)
            return Expand(value, null, inheritedType: inheritedType);
        List<Part> parts = SplitWhole(value);
        // Where there may be nothing, what references name may conflict with the rest: each of them is said, and nothing satisfies all.
        if (value.Vertex is { ArcType: not ArcType.Optional, IsDetached: false } || !parts.Exists(static part => part.Target is not null))
            Check(value);
        if (FormatOf(value) is not { } format)
            return BuildParts(value, parts, inheritedType);
        SchemaBuilder builder = new(inheritedType);
        AddFormat(builder, value.IncompleteKind, format);
        return builder.Finish();
    }

    private List<Part> SplitWhole(CueValue value)
    {
        List<Part> parts = [];
        foreach (Conjunct conjunct in value.Vertex.Conjuncts)
            Split(conjunct.Expr, conjunct.Env, value.Vertex, parts, isOnlyEmbedding: false, 0);
        return parts;
    }

    private JsonTree BuildParts(CueValue whole, List<Part> parts, string inheritedType)
    {
        if (++_depth > MaxDepth)
            throw new SchemaException("openapi: value nests too deeply", whole);
        try
        {
            List<Part> references = [], others = [];
            foreach (Part part in parts)
            {
                if (part.Target is null)
                    others.Add(part);
                else if (!references.Exists(other => IsSameTarget(other, part)))
                    references.Add(part);
            }

            SchemaBuilder builder = new(inheritedType);
            if (others.Count == 0 && references.Count == 1)
                return new JsonTree(("$ref", Reference(references[0])));
            if (parts is [var single] && OnlyReference(whole, single) is { } left)
                return new JsonTree(("$ref", Reference(left)));

            CueKind kinds = whole.IncompleteKind & ~CueKind.Null;
            if (references.Count > 0 && TypeName(kinds) is { } known)
                builder.SetType(known);
            foreach (Part reference in references)
                builder.Add(new JsonTree(("$ref", Reference(reference))));

            if (others.Count == 0)
                return builder.Finish();
            CueValue rest = others.Count == parts.Count || (whole.Error is null && (kinds & CueKind.Struct) != 0) ? whole : Evaluate(whole, others);
            bool isStruct = ((whole.Error is null ? whole : rest).IncompleteKind & CueKind.Struct) != 0;
            if (isStruct && !MayOmit && whole.Vertex is { IsDetached: false, Label.IsDefinition: true })
                CheckClosed(whole, others);
            if (isStruct)
                AddStructParts(builder, whole, WithoutRepeated(whole, others), isAlternative: false);
            else
                AddValue(builder, rest, besideReferences: references.Count > 0);
            return builder.Finish();
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>Struct literals one by one: what each of them requires stays apart.</summary>
    private void AddStructParts(SchemaBuilder builder, CueValue whole, List<Part> parts, bool isAlternative)
    {
        if (parts is [var single] && AddEndless(builder, whole, single))
            return;
        if (TypeName(whole.IncompleteKind & ~CueKind.Null) is { } type)
            builder.SetType(type);
        foreach (Part part in parts)
        {
            if (part.Expr is DisjunctionExpr)
                AddDisjunction(builder, whole, part);
            else
                AddValue(builder, Evaluate(whole, [part]), isAlternative);
        }

        AddDefault(builder, whole);
    }

    /// <summary>The parts but for struct literals that say the same as one before.</summary>
    private List<Part> WithoutRepeated(CueValue whole, List<Part> parts)
    {
        List<Part> distinct = [];
        List<CueValue> literals = [];
        foreach (Part part in parts)
        {
            if (parts.Count > 1 && part.Expr is StructExpr)
            {
                CueValue value = Evaluate(whole, [part]);
                bool isPlain = value.Patterns.Count == 0 && value.Validators.Count == 0 && Members(value).Any();
                if (isPlain && literals.Exists(other => SameShape(other, value, 0)))
                    continue;
                if (isPlain)
                    literals.Add(value);
            }

            distinct.Add(part);
        }

        return distinct;
    }

    private bool IsSameTarget(Part part, Part other) => ReferenceEquals(part.Target, other.Target)
        || (part.Target!.Kind != CueKind.Bottom && SameShape(new CueValue(_context, part.Target), new CueValue(_context, other.Target!), 0));

    private static bool IsAtom(CueValue value) => value.Kind is not (CueKind.Bottom or CueKind.Struct or CueKind.List);

    private static RawJson Json(CueValue value)
    {
        if (!JsonExporter.TryExport(value, out string json, out CueError? error))
            throw new SchemaException(error!.Message, value);
        return new RawJson(json);
    }

    private static void Check(CueValue value)
    {
        if (value.Error is { } error)
            throw new SchemaException($"openapi: {(error.Path.Length > 0 ? error.Path + ": " : "")}{error.Message}", value);
    }

    /// <summary>A value made of some of the parts, at the place of the whole.</summary>
    private CueValue Evaluate(CueValue whole, List<Part> parts)
    {
        Vertex vertex = new(whole.Vertex.Parent, whole.Vertex.Label) { IsDetached = true, ArcType = whole.Vertex.ArcType };
        foreach (Part part in parts)
            vertex.Conjuncts.Add(new Conjunct(part.Expr, part.Env, ConjunctInfo.Root));
        CueValue value = new(_context, vertex);
        Check(value);
        return value;
    }

    /// <summary>Takes a conjunct apart at <c>&amp;</c> and embeddings.</summary>
    private void Split(Expr expr, Env? env, Vertex vertex, List<Part> parts, bool isOnlyEmbedding, int depth)
    {
        if (depth > MaxDepth)
        {
            parts.Add(new(expr, env));
            return;
        }

        switch (expr)
        {
            case BinaryExpr { Operator: TokenKind.And } both:
                Split(both.Left, env, vertex, parts, isOnlyEmbedding: false, depth + 1);
                Split(both.Right, env, vertex, parts, isOnlyEmbedding: false, depth + 1);
                return;
            case StructExpr { IsFile: false } literal:
                SplitStruct(literal, env, vertex, parts, depth);
                return;
            case FieldRef or SelectorExpr or LabelRef when !isOnlyEmbedding && FindTarget(expr, env, vertex) is { } reference:
                parts.Add(reference);
                return;
            default:
                parts.Add(new(expr, env));
                return;
        }
    }

    private void SplitStruct(StructExpr literal, Env? env, Vertex vertex, List<Part> parts, int depth)
    {
        List<EmbedDecl> embeddings = [.. literal.Declarations.OfType<EmbedDecl>().Where(static each => each.Value is not ComprehensionExpr)];
        List<Decl> rest = [.. literal.Declarations.Where(each => each is not EmbedDecl embedding || !embeddings.Contains(embedding))];
        if (embeddings.Count == 0 || literal.Declarations.Any(static each => each is LetDecl))
        {
            parts.Add(new(literal, env));
            return;
        }

        // References in embeddings count their scopes from inside of the literal.
        Env inner = new(env, vertex);
        bool isOnly = embeddings.Count == 1 && rest.Count == 0;
        foreach (EmbedDecl embedding in embeddings)
            Split(embedding.Value, inner, vertex, parts, isOnly, depth + 1);
        if (rest.Exists(static each => each is not EllipsisDecl))
            parts.Add(new(new StructExpr(literal.Source, rest) { HasFields = literal.HasFields, IsOpen = literal.IsOpen }, env));
    }

    /// <summary>What a reference names, if a schema can be named after it.</summary>
    private Part? FindTarget(Expr expr, Env? env, Vertex vertex)
    {
        if (expr is SelectorExpr { Operand: ImportRef import } selector && Evaluator.Builtins.TryGetMember(import.Path, selector.Label.Text, out Value? member))
        {
            if (member is not FunctionValue function)
                return null;
            Vertex holder = new(null, default) { IsDetached = true };
            holder.Conjuncts.Add(new Conjunct(expr, env, ConjunctInfo.Root));
            return new(expr, env) { Target = holder, Name = function.Builtin.Name };
        }

        // The label that a pattern matches is written as a reference to the struct that has the pattern.
        Value named = expr is LabelRef label && env?.Ancestor(label.Up) is { LabelPattern: not null } labeled ? labeled.Vertex : Evaluator.Evaluate(expr, env, new Frame(vertex, ConjunctInfo.Root));
        if (named is not Vertex target || target.Label.Kind == LabelKind.Index)
            return null;
        List<string> names = [];
        for (Vertex? at = target; at?.Parent is not null; at = at.Parent)
        {
            if (at.Label.Kind is LabelKind.Let or LabelKind.Index || at.Label.IsHidden || !at.Label.IsValid)
                return null;
            names.Add(at.Label.IsDefinition ? at.Label.Text.Substring(1) : at.Label.Text);
        }

        if (names.Count == 0)
            return null;
        names.Reverse();
        bool isTopField = ReferenceEquals(target.Parent, _root) && !target.Label.IsDefinition;
        return isTopField ? null : new(expr, env) { Target = target, Name = string.Join(".", names) };
    }

    private string Reference(Part part)
    {
        // Definitions of other packages and of the standard library become schemas when they are referred to.
        Vertex target = part.Target!;
        if (target.Parent is null)
            Schemas[part.Name] = BuildValue(new CueValue(_context, target), "", isAlternative: false);
        else if (IsForeign(target))
            AddDefinition(part.Name, new CueValue(_context, target));
        return "#/components/schemas/" + part.Name;
    }

    private bool IsForeign(Vertex target)
    {
        Vertex root = target;
        while (root.Parent is { } parent)
            root = parent;
        return !ReferenceEquals(root, _root);
    }

    /// <summary>A part of a value's declaration.</summary>
    private sealed class Part(Expr expr, Env? env)
    {
        public Expr Expr { get; } = expr;

        public Env? Env { get; } = env;

        /// <summary>For a reference: what it names.</summary>
        public Vertex? Target { get; init; }

        /// <summary>For a reference: the name of the schema.</summary>
        public string Name { get; init; } = "";

        /// <summary>For a disjunction: its alternatives, once they were asked for.</summary>
        public Choices? Choices { get; set; }
    }

    /// <summary>The alternatives of a disjunction that schemas tell apart.</summary>
    private sealed record Choices(List<Alternative> Alternatives, bool IsNullable);

    /// <summary>An alternative of a disjunction, with its declaration where it was taken from one.</summary>
    private sealed class Alternative(CueValue value)
    {
        public CueValue Value { get; } = value;

        /// <summary>For a reference: what it names.</summary>
        public Part? Reference { get; init; }

        /// <summary>Whether it is the disjunction itself that is referred to.</summary>
        public bool IsItself { get; init; }
    }
}
