using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>Disjunctions.</content>
internal sealed partial class JsonSchemaGenerator
{
    /// <summary>The alternatives as written, when some of them are references: evaluation would look into these.</summary>
    private List<Alternative>? ReferringAlternatives(CueValue value)
    {
        if (value.Vertex.Conjuncts is not [{ Expr: DisjunctionExpr disjunction } conjunct] || _isMatching)
            return null;
        List<Alternative> alternatives = [];
        HashSet<Constant> atoms = new(SameAtom.Instance);
        Collect(disjunction);
        return alternatives.Count > 1 && alternatives.Exists(static each => each.IsReference) ? alternatives : null;

        void Collect(DisjunctionExpr disjunction)
        {
            foreach (Disjunct disjunct in disjunction.Disjuncts)
            {
                if (disjunct.Expr is DisjunctionExpr nested)
                {
                    Collect(nested);
                    continue;
                }

                Vertex vertex = new(value.Vertex.Parent, value.Vertex.Label) { IsDetached = true, IsInDefinition = value.Vertex.IsInDefinition };
                vertex.Conjuncts.Add(new Conjunct(disjunct.Expr, conjunct.Env, conjunct.Info));
                CueValue alternative = new(_context, vertex);
                // A definition in which it stands is endless as a value, and fine as a reference.
                bool isReference = TargetOf(vertex) is not null;
                bool isPossible = isReference || alternative.Error is null or { Code: CueErrorCode.Incomplete };
                bool isNew = isPossible && (isReference || alternative.Base is not Constant atom
                    ? !alternatives.Exists(other => IsSame(other.Value, alternative))
                    : atoms.Add(atom) && !alternatives.Exists(other => other.IsReference && IsSame(other.Value, alternative)));
                if (isNew)
                    alternatives.Add(new(alternative, isReference));
            }
        }
    }

    private static bool IsSame(CueValue left, CueValue right) => IsAtom(left)
        ? Equality.IsIdentical(left.Base, right.Base)
        : ReferenceEquals(left.Resolved, right.Resolved);

    private static bool IsAtom(CueValue value) => value.Kind is not (CueKind.Bottom or CueKind.Struct or CueKind.List);

    private void AddAlternatives(JsonTree schema, CueValue whole, List<Alternative> alternatives)
    {
        List<CueValue> atoms = [.. alternatives.Where(static each => IsAtom(each.Value) && !each.IsReference).Select(static each => each.Value)];
        List<Alternative> others = [.. alternatives.Where(static each => !IsAtom(each.Value) || each.IsReference)];

        // An atom that another alternative takes as well is there to be the default.
        atoms.RemoveAll(atom => others.Exists(other => (other.Value.IncompleteKind & atom.IncompleteKind) != CueKind.Bottom && other.Value.Unify(atom).Error is null));
        bool isNullable = atoms.RemoveAll(static atom => atom.IsNull) > 0;
        List<JsonTree> schemas = [.. others.Select(each => Build(each.Value))];
        bool isExclusive = whole.Default is null && AreExclusive(others);
        MergeTypes(schemas, isNullable && atoms.Count == 0);
        if (atoms.Count > 0)
            schemas.Add(Enumerate(atoms, isNullable));
        else if (isNullable && !schemas.Exists(static each => AllowsNull(each)))
            schemas.Add(new JsonTree(("type", "null")));
        if (schemas.Count == 1)
            schema.SetAll(schemas[0]);
        else if (schemas.TrueForAll(static each => each.Count > 0))
            schema.Set(isExclusive ? "oneOf" : "anyOf", schemas);
    }

    private static JsonTree Enumerate(List<CueValue> atoms, bool isNullable)
    {
        List<object> values = [.. atoms.Select(static each => (object)Json(each))];
        if (isNullable)
            values.Add(new RawJson("null"));
        return values is [var only] ? new JsonTree(("const", only)) : new JsonTree(("enum", values));
    }

    /// <summary>Alternatives that say nothing but their types are one with several types; so is a single one that may be null.</summary>
    private static void MergeTypes(List<JsonTree> schemas, bool isNullable)
    {
        List<JsonTree> plain = [.. schemas.Where(static each => each.Count == 1 && each.Has("type"))];
        if (plain.Count > 1)
        {
            List<object> types = [.. plain.SelectMany(static each => Types(each)).Distinct()];
            if (types.Contains("number"))
                types.Remove("integer");
            int first = schemas.IndexOf(plain[0]);
            schemas.RemoveAll(plain.Contains);
            schemas.Insert(first, new JsonTree(("type", types is [var only] ? only : types)));
        }

        // What is said of values of another type does not concern null.
        string[] general = ["const", "enum", "anyOf", "oneOf", "allOf", "not", "if", "$ref"];
        if (isNullable && schemas is [var single] && single.Has("type") && !Array.Exists(general, single.Has))
            single.Set("type", (List<object>)[.. Types(single), "null"]);
    }

    private static IEnumerable<object> Types(JsonTree schema) => schema.Find("type") is List<object> several ? several : [schema.Find("type")!];

    private static bool AllowsNull(JsonTree schema) => schema.Count == 0 || (schema.Has("type") && Types(schema).Contains("null"));

    /// <summary>
    /// Whether the structs contradict each other, by a constant that tells them apart for one. Then a document that several of
    /// them take lacks just that, and leaves open which of them it is.
    /// </summary>
    private static bool AreExclusive(List<Alternative> alternatives)
    {
        List<CueValue> structs = [.. alternatives.Select(static each => each.Value).Where(static each => each.Kind == CueKind.Struct)];
        if (structs.Count is < 2 or > 32)
            return false;
        for (int i = 0; i < structs.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (structs[i].Unify(structs[j]) is { Error: null } both && both.Validate().Count == 0)
                    return false;
            }
        }

        return true;
    }
}
