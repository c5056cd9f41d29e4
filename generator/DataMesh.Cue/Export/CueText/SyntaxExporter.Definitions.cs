using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>
/// Definitions: what a value is made of, not what it amounts to. The constraints of a field come together: fields of
/// structs are merged, types, bounds and atoms simplified, everything else is kept as it is written.
/// </content>
internal sealed partial class SyntaxExporter
{
    private Expression Defined(CueValue value)
    {
        var conjuncts = value.Vertex.Conjuncts;
        return conjuncts.Count == 0 || value.Part is not null
            ? Evaluated(value.Vertex, value.Part)
            : Merge([.. conjuncts.Select(static conjunct => conjunct.Expr)], value.Vertex);
    }

    /// <summary>The constraints of one place, sorted by what becomes of them.</summary>
    private sealed class Merged(Vertex? vertex)
    {
        public Vertex? Vertex { get; } = vertex;

        public List<Expr> Expressions { get; } = [];

        public List<Expr> Embedded { get; } = [];

        public List<Expr> Values { get; } = [];

        public List<StructExpr> Structs { get; } = [];
    }

    /// <param name="conjuncts">The constraints.</param>
    /// <param name="vertex">What they amount to, if that is known: dynamic fields whose labels are known are fields.</param>
    private Expression Merge(IReadOnlyList<Expr> conjuncts, Vertex? vertex = null)
    {
        Enter();
        var result = MergeCore(conjuncts, vertex);
        Leave();
        return result;
    }

    private Expression MergeCore(IReadOnlyList<Expr> conjuncts, Vertex? vertex)
    {
        if (conjuncts is [StructExpr only] && IsComplex(only, vertex))
            return WriteStruct(only);
        var merged = new Merged(vertex);
        foreach (var conjunct in conjuncts)
            Collect(merged, conjunct, isEmbedded: false);
        var parts = merged.Expressions.Select(Convert).ToList();
        if (merged.Structs.Count == 0 && merged.Embedded.Count == 0)
        {
            // Top says nothing beside anything else.
            if (merged.Values.Count == 0)
                return SyntaxBuilder.All(parts);
            var value = Simplified(merged.Values);
            if (parts.Count == 0)
                return value;
            parts.Add(SyntaxBuilder.Struct([new Embedding(value)]));
            return SyntaxBuilder.All(parts);
        }

        var literal = WriteMerged(merged);
        if (literal.Declarations is [Embedding embedding] && parts.Count == 0)
            return embedding.Expression;
        parts.Add(literal);
        return SyntaxBuilder.All(parts);
    }

    private static void Collect(Merged merged, Expr expr, bool isEmbedded)
    {
        // Embedded structs come after what they are embedded in.
        var pending = new Queue<(Expr Expr, bool IsEmbedded)>();
        pending.Enqueue((expr, isEmbedded));
        while (pending.Count > 0)
        {
            (expr, isEmbedded) = pending.Dequeue();
            switch (expr)
            {
                case BinaryExpr { Operator: TokenKind.And } both when !isEmbedded:
                    foreach (var operand in Conjuncts(both))
                        Collect(merged, operand, isEmbedded: false);
                    break;
                case StructExpr literal when !IsComplex(literal, merged.Vertex):
                    merged.Structs.Add(literal);
                    foreach (var declaration in literal.Declarations)
                    {
                        if (declaration is EmbedDecl embedding)
                            pending.Enqueue((embedding.Value, true));
                    }

                    break;
                case StructExpr:
                    merged.Embedded.Add(expr);
                    break;
                case TopExpr:
                    if (isEmbedded && !merged.Embedded.Exists(static each => each is TopExpr))
                        merged.Embedded.Add(expr);
                    break;
                case var _ when IsValue(expr):
                    merged.Values.Add(expr);
                    break;
                default:
                    (isEmbedded ? merged.Embedded : merged.Expressions).Add(expr);
                    break;
            }
        }
    }

    /// <summary>Whether a struct has members that cannot be merged with those of others: what decides by label or condition.</summary>
    private static bool IsComplex(StructExpr literal, Vertex? vertex)
    {
        foreach (var declaration in literal.Declarations)
        {
            if (declaration is PatternDecl or EmbedDecl { Value: ComprehensionExpr } || (declaration is DynamicFieldDecl field && Resolved(field, vertex) is null))
                return true;
        }

        return false;
    }

    /// <summary>The field that a dynamic field has become.</summary>
    private static FieldDecl? Resolved(DynamicFieldDecl field, Vertex? vertex)
    {
        foreach (var arc in vertex?.Arcs ?? [])
        {
            foreach (var conjunct in arc.Conjuncts)
            {
                if (conjunct.Field is { } known && ReferenceEquals(known.Source, field.Source))
                    return known;
            }
        }

        return null;
    }

    private static bool IsValue(Expr expr) => expr switch
    {
        NullExpr or BoolExpr or NumberExpr or StringExpr or BytesExpr or TopExpr => true,
        PredeclaredExpr predeclared => s_types.Contains(predeclared.Name),
        UnaryExpr or BinaryExpr => IsComputable(expr, 0),
        BoundExpr bound => bound.Operand is NullExpr or NumberExpr or StringExpr or BytesExpr or BoolExpr,
        _ => false,
    };

    /// <summary>Whether an expression is nothing but arithmetic on literals.</summary>
    private static bool IsComputable(Expr expr, int depth) => depth < 50 && expr switch
    {
        NullExpr or BoolExpr or NumberExpr or StringExpr or BytesExpr => true,
        UnaryExpr unary => IsComputable(unary.Operand, depth + 1),
        BinaryExpr { Operator: not TokenKind.And } binary => IsComputable(binary.Left, depth + 1) && IsComputable(binary.Right, depth + 1),
        _ => false,
    };

    private static readonly HashSet<string> s_types = new(StringComparer.Ordinal)
    {
        "bool", "int", "float", "string", "bytes", "number", "uint", "rune", "float32", "float64",
        "int8", "int16", "int32", "int64", "int128", "uint8", "uint16", "uint32", "uint64", "uint128",
    };

    /// <summary>What types, bounds and atoms amount to; an atom keeps the form that it is written in.</summary>
    private Expression Simplified(List<Expr> values)
    {
        var atom = values.Find(static value => value is StringExpr or NumberExpr or BytesExpr);
        if (atom is not null && values.Count == 1)
            return FieldValue(atom);
        var vertex = new Vertex(null, default) { IsDetached = true };
        foreach (var value in values)
            vertex.Conjuncts.Add(new Conjunct(value, new Env(null, vertex), ConjunctInfo.Root));
        context.Run(vertex);
        return vertex.Base switch
        {
            Bottom { IsIncomplete: false } conflict => Failed(conflict),
            _ when atom is not null => FieldValue(atom),
            Bottom or null => SyntaxBuilder.All([.. values.Select(Convert)]),
            { } result => Scalar(result),
        };
    }

    private StructLiteral WriteMerged(Merged merged) => SyntaxBuilder.Struct(WithLets([.. merged.Structs.Select(SourceOf)], declarations =>
    {
        foreach (var attribute in merged.Structs.SelectMany(static literal => literal.Attributes))
        {
            if (options.ShowAttributes && !_preamble.Contains(attribute) && !declarations.Exists(other => other is AttributeDeclaration known && string.Equals(known.Attribute.Text, attribute.Text, StringComparison.Ordinal)))
                declarations.Add(new AttributeDeclaration(new AttributeNode(default, attribute.Text)));
        }

        foreach (var embedded in merged.Embedded)
            declarations.Add(new Embedding(Convert(embedded)));
        if (merged.Values.Count > 0)
            declarations.Add(new Embedding(Simplified(merged.Values)));
        foreach (var fields in InOrder(merged))
            declarations.Add(MergedField(fields, merged.Vertex?.Find(fields[0].Label)));
        if (merged.Structs.Exists(static literal => literal.IsOpen))
            declarations.Add(new EllipsisDeclaration(new Ellipsis(default, null)));
    }));

    private static IReadOnlyList<Declaration> SourceOf(StructExpr literal) => literal.Source switch
    {
        StructLiteral written => written.Declarations,
        CueFile file => file.Declarations,
        _ => [],
    };

    /// <summary>The fields of several structs: each as early as it came up, but behind what some struct has before it.</summary>
    private static List<List<FieldDecl>> InOrder(Merged merged)
    {
        var structs = merged.Structs;
        var fields = new Dictionary<Label, List<FieldDecl>>();
        var labels = new List<Label>();
        var before = new Dictionary<Label, HashSet<Label>>();
        foreach (var literal in structs)
        {
            Label previous = default;
            foreach (var field in literal.Declarations.Select(each => each as FieldDecl ?? (each is DynamicFieldDecl dynamic ? Resolved(dynamic, merged.Vertex) : null)).OfType<FieldDecl>())
            {
                if (!fields.TryGetValue(field.Label, out var known))
                {
                    fields.Add(field.Label, known = []);
                    labels.Add(field.Label);
                    before.Add(field.Label, []);
                }

                known.Add(field);
                if (previous.IsValid && previous != field.Label)
                    before[field.Label].Add(previous);
                previous = field.Label;
            }
        }

        var result = new List<List<FieldDecl>>(labels.Count);
        if (structs.Count == 1)
        {
            result.AddRange(labels.Select(label => fields[label]));
            return result;
        }

        var done = new HashSet<Label>();
        while (labels.Count > 0)
        {
            var next = Math.Max(0, labels.FindIndex(label => before[label].IsSubsetOf(done)));
            done.Add(labels[next]);
            result.Add(fields[labels[next]]);
            labels.RemoveAt(next);
        }

        return result;
    }

    private Field MergedField(List<FieldDecl> fields, Vertex? vertex)
    {
        var value = Merge([.. fields.Select(static field => field.Value)], vertex);
        var sources = fields.Select(static field => field.Source).OfType<Field>().ToList();
        if (sources.Select(static source => source.Value).OfType<AliasExpression>().FirstOrDefault() is { } alias)
            value = new AliasExpression(SyntaxBuilder.Name(alias.Name.Name), value);
        var label = WrittenLabel(fields[0]);
        return new Field(label, Collapsed(label, value, [.. sources]))
        {
            Alias = sources.Select(static source => source.Alias).OfType<LabelAlias>().FirstOrDefault() is { } name ? new LabelAlias(SyntaxBuilder.Name(name.Name.Name)) : null,
            PostfixAlias = sources.Select(static source => source.PostfixAlias).OfType<PostfixAlias>().FirstOrDefault(),
            Constraint = Constraint(fields.Min(static field => field.Type)),
            Attributes = options.ShowAttributes ? Distinct(sources.SelectMany(static source => source.Attributes)) : [],
            Comments = options.ShowComments ? Documentation(sources) : [],
        };
    }
}
