using System.Runtime.CompilerServices;
using DataMesh.Cue.Binding;

namespace DataMesh.Generators.Products.Building;

/// <summary>A reference whose value depends on the instance.</summary>
/// <param name="Path">The field that it stands in, <c>#Booking.end</c>.</param>
/// <param name="Reference">The reference.</param>
internal readonly record struct SiblingReference(string Path, Expr Reference);

/// <summary>
/// Finds what makes a constraint depend on the instance: a reference to a field of the same definition, whose value only
/// the data has (<c>end: int &amp; >start</c>). The evaluator resolves every other expression when the schema is compiled.
/// </summary>
internal sealed class SiblingReferences
{
    private readonly IReadOnlyList<StructExpr> _files;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<Label> _visited = [];
    private readonly HashSet<LetDecl> _lets = [];
    private readonly List<string> _path = [];
    private readonly List<SiblingReference> _found = [];

    // The scopes around the expression, from the file inwards: structs, and null for the clauses of a comprehension.
    private readonly List<StructExpr?> _scopes = [];

    private SiblingReferences(IReadOnlyList<StructExpr> files, CancellationToken cancellation)
    {
        _files = files;
        _cancellation = cancellation;
    }

    /// <summary>The references of a definition, and of everything in the package that only it brings into a product.</summary>
    /// <param name="files">The package, one struct a file.</param>
    /// <param name="definition">The label of the definition.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static IReadOnlyList<SiblingReference> In(IReadOnlyList<StructExpr> files, Label definition, CancellationToken cancellation)
    {
        var search = new SiblingReferences(files, cancellation);
        search.VisitPackageField(definition);
        // One report a field is enough.
        return [.. search._found.GroupBy(static reference => reference.Path, StringComparer.Ordinal).Select(static group => group.First())];
    }

    private void VisitPackageField(Label label)
    {
        if (!_visited.Add(label))
            return;
        List<StructExpr?> scopes = [.. _scopes];
        foreach (StructExpr file in _files)
        {
            _scopes.Clear();
            _scopes.Add(file);
            foreach (Decl declaration in file.Declarations)
                if (declaration is FieldDecl field && field.Label == label)
                    VisitAt(label.ToString(), field.Value);
        }
        _scopes.Clear();
        _scopes.AddRange(scopes);
    }

    private void VisitAt(string label, Expr value)
    {
        _path.Add(label);
        Visit(value);
        _path.RemoveAt(_path.Count - 1);
    }

    private void Visit(Expr? expression)
    {
        _cancellation.ThrowIfCancellationRequested();
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (expression)
        {
            case ReferenceExpr reference:
                VisitReference(reference);
                break;
            case StructExpr literal:
                VisitStruct(literal);
                break;
            case ComprehensionExpr comprehension:
                VisitComprehension(comprehension);
                break;
            case BinaryExpr binary:
                // Chains nest to the left and can be long.
                Expr left = binary;
                for (; left is BinaryExpr next; left = next.Left)
                    Visit(next.Right);
                Visit(left);
                break;
            case DisjunctionExpr disjunction:
                foreach (Disjunct disjunct in disjunction.Disjuncts)
                    Visit(disjunct.Expr);
                break;
            case ListExpr list:
                foreach (Expr element in list.Elements)
                    Visit(element);
                Visit(list.Tail);
                break;
            case InterpolationExpr interpolation:
                foreach (Expr part in interpolation.Parts)
                    Visit(part);
                break;
            case CallExpr call:
                Visit(call.Function);
                foreach (Expr argument in call.Arguments)
                    Visit(argument);
                break;
            case IndexExpr index:
                Visit(index.Operand);
                Visit(index.Index);
                break;
            case SliceExpr slice:
                Visit(slice.Operand);
                Visit(slice.Low);
                Visit(slice.High);
                break;
            case BoundExpr bound:
                Visit(bound.Operand);
                break;
            case UnaryExpr unary:
                Visit(unary.Operand);
                break;
            case SelectorExpr selector:
                Visit(selector.Operand);
                break;
            case OpenExpr open:
                Visit(open.Operand);
                break;
            case TryExpr attempt:
                Visit(attempt.Operand);
                break;
        }
    }

    private void VisitStruct(StructExpr literal)
    {
        _scopes.Add(literal);
        foreach (Decl declaration in literal.Declarations)
        {
            switch (declaration)
            {
                case FieldDecl field:
                    VisitAt(field.Label.ToString(), field.Value);
                    break;
                case DynamicFieldDecl dynamic:
                    Visit(dynamic.Label);
                    Visit(dynamic.Value);
                    break;
                case PatternDecl pattern:
                    Visit(pattern.Pattern);
                    VisitAt("[]", pattern.Value);
                    break;
                case EmbedDecl embedding:
                    Visit(embedding.Value);
                    break;
            }
        }
        _scopes.RemoveAt(_scopes.Count - 1);
    }

    private void VisitComprehension(ComprehensionExpr comprehension)
    {
        int outer = _scopes.Count;
        foreach (ClauseExpr clause in comprehension.Clauses)
        {
            switch (clause)
            {
                case ForClauseExpr loop:
                    Visit(loop.Collection);
                    _scopes.Add(null);
                    break;
                case IfClauseExpr guard:
                    Visit(guard.Condition);
                    break;
                case LetClauseExpr let:
                    Visit(let.Let.Value);
                    _scopes.Add(null);
                    break;
                case TryClauseExpr { Let: { } attempted }:
                    Visit(attempted.Value);
                    _scopes.Add(null);
                    break;
            }
        }
        Visit(comprehension.Value);
        _scopes.RemoveRange(outer, _scopes.Count - outer);
        Visit(comprehension.Fallback);
    }

    private void VisitReference(ReferenceExpr reference)
    {
        int target = _scopes.Count - 1 - reference.Up;
        if (target <= 0)
        {
            VisitPackageReference(reference);
            return;
        }
        if (reference is LetRef let)
        {
            // The value belongs to the scope of the clause.
            List<StructExpr?> inner = _scopes.GetRange(target + 1, _scopes.Count - target - 1);
            _scopes.RemoveRange(target + 1, inner.Count);
            if (_lets.Add(let.Let))
                Visit(let.Let.Value);
            _scopes.AddRange(inner);
            return;
        }
        // Variables of clauses are as constant as what the clause runs over, which is visited by itself.
        if (_scopes[target] is { } scope && !(reference is FieldRef field && IsFixed(scope, field.Label)))
            _found.Add(new SiblingReference(string.Join(".", _path), reference));
    }

    private void VisitPackageReference(ReferenceExpr reference)
    {
        switch (reference)
        {
            case FieldRef { Label.Kind: LabelKind.Definition }:
                // A product by itself, and searched as such.
                break;
            case FieldRef field:
                VisitPackageField(field.Label);
                break;
            case LetRef let when _lets.Add(let.Let):
                List<StructExpr?> inner = _scopes.GetRange(1, _scopes.Count - 1);
                _scopes.RemoveRange(1, inner.Count);
                Visit(let.Let.Value);
                _scopes.AddRange(inner);
                break;
            case LetRef:
                break;
            default:
                _found.Add(new SiblingReference(string.Join(".", _path), reference));
                break;
        }
    }

    /// <summary>Whether no instance can give the field another value: no data names it, or it is a literal.</summary>
    private static bool IsFixed(StructExpr scope, Label label)
    {
        if (!label.IsRegular)
            return true;
        foreach (Decl declaration in scope.Declarations)
            if (declaration is FieldDecl { Type: ArcType.Member, Value: NullExpr or BoolExpr or NumberExpr or StringExpr or BytesExpr } field && field.Label == label)
                return true;
        return false;
    }
}
