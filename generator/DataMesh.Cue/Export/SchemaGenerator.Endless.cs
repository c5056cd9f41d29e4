using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>Disjunctions in which something stands that they are a part of themselves.</content>
internal sealed partial class SchemaGenerator
{
    /// <summary>A disjunction in which something stands that it is a part of; false if there is nothing of the kind.</summary>
    private bool AddEndless(SchemaBuilder builder, CueValue whole, Part part)
    {
        if (_options.ExpandReferences || part.Expr is not DisjunctionExpr disjunction)
            return false;
        Env? env = part.Env;
        if (Flatten(disjunction).Any(disjunct => IsItself(disjunct.Expr, env, whole)))
        {
            // What kinds of values it takes is not known before it ends.
            AddDisjunction(builder, whole, part);
            AddDefault(builder, whole);
            return true;
        }

        if (EndingDisjuncts(whole, disjunction, env) is not { } ending)
            return false;
        if (ending is [{ Expr: NullExpr }])
        {
            AddNull(builder);
            return true;
        }

        CueValue value = Evaluate(whole, [new Part(ending is [var only] ? only.Expr : new DisjunctionExpr(disjunction.Source, ending), env)]);
        if ((value.IncompleteKind & CueKind.Struct) == 0)
        {
            if (ending.Count == 1 && FormatOf(value) is { } format)
                AddFormat(builder, value.IncompleteKind, format);
            else
                AddValue(builder, value);
            return true;
        }

        if (TypeName(value.IncompleteKind & ~CueKind.Null) is { } type)
            builder.SetType(type);
        AddDisjunction(builder, whole, part);
        if (value.Default is { } chosen && IsAtom(chosen))
            AddDefault(builder, value);
        return true;
    }

    private bool IsItself(Expr expr, Env? env, CueValue whole) =>
        expr is FieldRef or SelectorExpr && FindTarget(expr, env, whole.Vertex) is { } part && ReferenceEquals(part.Target, whole.Vertex);

    /// <summary>Of more than two structs that make a definition, all but the last are put together, each of them closed; cue refuses those that do not fit.</summary>
    private void CheckClosed(CueValue whole, List<Part> parts)
    {
        if (parts.Count < 3)
            return;
        Vertex vertex = new(whole.Vertex.Parent, whole.Vertex.Label) { IsDetached = true };
        foreach (Part part in parts.Take(parts.Count - 1))
            vertex.Conjuncts.Add(new Conjunct(part.Expr, part.Env, ConjunctInfo.Root.WithScope(new CloseScope(CloseScopeKind.Definition, null))));
        CueValue value = new(_context, vertex);
        if ((value.Error ?? value.ChildError) is { Code: not (CueErrorCode.Incomplete or CueErrorCode.Cycle) })
            throw new SchemaException("explicit error (_|_ literal) in source", whole);
    }

    /// <summary>The disjuncts but for those that are the very struct that they stand in, which would never end; null if there are none of these.</summary>
    private List<Disjunct>? EndingDisjuncts(CueValue whole, DisjunctionExpr disjunction, Env? env)
    {
        string path = SchemaName(whole.Vertex) + ".";
        List<Disjunct> all = [.. Flatten(disjunction)];
        List<Disjunct> ending = [.. all.Where(disjunct =>
            FindTarget(disjunct.Expr, env, whole.Vertex) is not { Name: { Length: > 0 } name } || !path.StartsWith(name + ".", StringComparison.Ordinal))];
        return ending.Count > 0 && ending.Count < all.Count ? ending : null;
    }
}
