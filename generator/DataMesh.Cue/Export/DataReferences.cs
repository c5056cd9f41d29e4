using System.Runtime.CompilerServices;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>
/// Finds the expressions of a value that only data decides: references to a field of the same document, as in
/// <c>end: >start</c>. A schema that states each field by itself cannot say them.
/// </summary>
internal sealed class DataReferences(Evaluator evaluator)
{
    private readonly HashSet<Vertex> _document = [];
    private readonly HashSet<(Expr, Env?)> _visited = [];

    /// <summary>Counts the fields of a value among those that data gives; false when they are already.</summary>
    public bool Enter(Vertex vertex)
    {
        bool isNew = _document.Add(vertex.Resolve());
        return _document.Add(vertex) || isNew;
    }

    /// <summary>The first expression that depends on data among those that a value is declared with; null when none does.</summary>
    public Expr? Find(Vertex vertex)
    {
        foreach (Conjunct conjunct in vertex.Conjuncts)
        {
            if (Find(conjunct.Expr, conjunct.Env, vertex, 0) is { } found)
                return found;
        }

        // What references brought here, with its references resolved.
        foreach (Leaf leaf in vertex.Resolve().State?.Leaves ?? [])
        {
            if (leaf.Conjunct.Env is { } env && Find(leaf.Expr, env, vertex, 0) is { } found)
                return found;
        }

        return null;
    }

    /// <param name="inner">How many clauses and literals of a comprehension are around the expression.</param>
    private Expr? Find(Expr? expr, Env? env, Vertex vertex, int inner)
    {
        if (expr is null || env is null || (inner == 0 && !_visited.Add((expr, env))))
            return null;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (expr)
        {
            case ReferenceExpr or SelectorExpr or IndexExpr:
                return FindInReference(expr, env, vertex, inner);
            case StructBodyExpr body:
                return FindInStruct(body.Literal, env, vertex, inner);
            case StructExpr literal:
                // What is embedded counts its scopes from inside of the literal.
                return inner == 0 ? FindInStruct(literal, new Env(env, vertex.Resolve()), vertex, 0) : FindInStruct(literal, env, vertex, inner + 1);
            case ComprehensionExpr comprehension:
                return FindInComprehension(comprehension, env, vertex, inner);
            default:
                return Operands(expr).Select(operand => Find(operand, env, vertex, inner)).FirstOrDefault(static found => found is not null);
        }
    }

    private static IEnumerable<Expr> Operands(Expr expr) => expr switch
    {
        BinaryExpr binary => [binary.Left, binary.Right],
        DisjunctionExpr disjunction => disjunction.Disjuncts.Select(static each => each.Expr),
        // Elements that are literals are values of their own.
        ListExpr list => list.Elements.Where(static element => element is ComprehensionExpr),
        InterpolationExpr interpolation => interpolation.Parts,
        CallExpr call => [call.Function, .. call.Arguments],
        SliceExpr slice => new[] { slice.Operand, slice.Low, slice.High }.OfType<Expr>(),
        BoundExpr bound => [bound.Operand],
        UnaryExpr unary => [unary.Operand],
        OpenExpr open => [open.Operand],
        TryExpr attempt => [attempt.Operand],
        _ => [],
    };

    /// <summary>The fields of a literal are values of their own; here it is what decides which fields there are.</summary>
    private Expr? FindInStruct(StructExpr literal, Env env, Vertex vertex, int inner)
    {
        foreach (Decl declaration in literal.Declarations)
        {
            Expr? part = declaration switch
            {
                EmbedDecl embedding => embedding.Value,
                DynamicFieldDecl dynamic => dynamic.Label,
                PatternDecl pattern => pattern.Pattern,
                _ => null,
            };
            if (Find(part, env, vertex, inner) is { } found)
                return found;
        }

        return null;
    }

    private Expr? FindInComprehension(ComprehensionExpr comprehension, Env env, Vertex vertex, int inner)
    {
        int scopes = inner;
        foreach (ClauseExpr clause in comprehension.Clauses)
        {
            Expr? part = clause switch
            {
                ForClauseExpr loop => loop.Collection,
                IfClauseExpr guard => guard.Condition,
                LetClauseExpr let => let.Let.Value,
                TryClauseExpr { Let: { } attempted } => attempted.Value,
                _ => null,
            };
            if (Find(part, env, vertex, scopes) is { } found)
                return found;
            if (clause is not IfClauseExpr and not TryClauseExpr { Let: null })
                scopes++;
        }

        return Find(comprehension.Value, env, vertex, scopes) ?? Find(comprehension.Fallback, env, vertex, inner);
    }

    private Expr? FindInReference(Expr expr, Env env, Vertex vertex, int inner)
    {
        Expr first = expr;
        while (first is SelectorExpr or IndexExpr)
        {
            if (first is IndexExpr index && Find(index.Index, env, vertex, inner) is { } found)
                return found;
            first = first is SelectorExpr selector ? selector.Operand : ((IndexExpr)first).Operand;
        }

        if (first is not ReferenceExpr reference)
            return Find(first, env, vertex, inner);
        Env? scope = env;
        for (int i = reference.Up - inner; i > 0 && scope is not null; i--)
            scope = scope.Up;
        bool isOwn = reference.Up < inner;
        switch (reference)
        {
            case LetRef let:
                return isOwn ? null : Find(let.Let.Value, scope, vertex, 0);
            case FieldRef { Label.IsRegular: false }:
                return null;
            case LabelRef or MatchedFieldRef or DynamicFieldRef when !isOwn:
                return scope is { DynamicLabel.IsValid: true } ? null : expr;
            default:
                return !isOwn && scope is not null && IsOfDocument(scope.Vertex) && !IsFixed(expr, env, scope.Vertex, vertex, inner) ? expr : null;
        }
    }

    private bool IsOfDocument(Vertex vertex) =>
        _document.Contains(vertex) || _document.Contains(vertex.Resolve()) || (vertex.Origin is { } origin && IsOfDocument(origin));

    /// <summary>Whether data cannot give what a reference names another value than the schema does.</summary>
    private bool IsFixed(Expr expr, Env env, Vertex scope, Vertex vertex, int inner)
    {
        // Within the clauses of a comprehension the variables have no value here.
        Value? target = inner == 0 ? evaluator.Evaluate(expr, env, new Frame(vertex, ConjunctInfo.Root))
            : expr is FieldRef field ? scope.Resolve().Find(field.Label)
            : null;
        return target is Constant || (target is Vertex { ArcType: ArcType.Member } named && IsFixed(named, 0));
    }

    private static bool IsFixed(Vertex vertex, int depth)
    {
        Vertex value = vertex.Resolve();
        return value.Base switch
        {
            Constant => true,
            ContainerValue { Kind: CueKind.List } => !value.IsOpenList && depth < 20 && value.Arcs.TrueForAll(arc => IsFixed(arc, depth + 1)),
            _ => false,
        };
    }
}
