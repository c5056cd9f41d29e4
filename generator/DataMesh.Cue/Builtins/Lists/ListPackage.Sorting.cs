using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Lists;

/// <content>Sorting by a struct that says of its fields x and y whether x is less.</content>
internal sealed partial class ListPackage
{
    private static readonly Label X = Label.Regular("x");
    private static readonly Label Y = Label.Regular("y");
    private static readonly Label Less = Label.Regular("less");

    public override IEnumerable<KeyValuePair<string, Value>> Constants =>
    [
        Comparer("Comparer", new TopExpr(null), new PredeclaredExpr(null, "bool")),
        Comparer("Ascending", NumberOrString(), Compare(TokenKind.Less, 13)),
        Comparer("Descending", NumberOrString(), Compare(TokenKind.Greater, 20)),
    ];

    private static Expr NumberOrString() => new DisjunctionExpr(
        null,
        [new Disjunct(new PredeclaredExpr(null, "number"), isDefault: false), new Disjunct(new PredeclaredExpr(null, "string"), isDefault: false)]);

    /// <param name="op">The comparison.</param>
    /// <param name="line">Where it stands in the package as cue has it, which errors name.</param>
    private static Expr Compare(TokenKind op, int line)
    {
        const int Column = 9;
        string before = new string('\n', line - 1) + new string(' ', Column - 1);
        Position place = new(new SourceFile("list", before), before.Length);
        return new BinaryExpr(null, op, new FieldRef(null, 0, X) { Place = place }, new FieldRef(null, 0, Y)) { Place = place };
    }

    /// <summary><c>{T: type, x: T, y: T, less: ...}</c></summary>
    private static KeyValuePair<string, Value> Comparer(string name, Expr type, Expr less)
    {
        Label t = Label.Regular("T");
        StructExpr literal = new(
            null,
            [
                new FieldDecl(null, t, ArcType.Member, type),
                new FieldDecl(null, X, ArcType.Member, new FieldRef(null, 0, t)),
                new FieldDecl(null, Y, ArcType.Member, new FieldRef(null, 0, t)),
                new FieldDecl(null, Less, ArcType.Member, less),
            ])
        {
            HasFields = true,
        };
        Vertex vertex = new(new Vertex(null, default), Label.Regular(name)) { IsDetached = true };
        vertex.Conjuncts.Add(new Conjunct(literal, null, ConjunctInfo.Root));
        return new(name, vertex);
    }

    private static Value Sort(CallContext call)
    {
        IReadOnlyList<Value> elements = Elements(call, 0);
        if (!IsComparer(call))
            throw new BuiltinException("field not found: less");
        // A merge sort compares least, and comparing is the expensive part.
        Value[] sorted = [.. elements];
        try
        {
            MergeSort(call, sorted, new Value[sorted.Length], 0, sorted.Length);
        }
        catch (CallException e) when (e.Error is { IsIncomplete: true, IsBlocked: false })
        {
            // A list that cannot be sorted now is wrong.
            throw new CallException(e.Error.Settled());
        }

        return call.NewList(sorted);
    }

    private static Value IsSorted(CallContext call)
    {
        IReadOnlyList<Value> elements = Elements(call, 0);
        // Nothing is out of order for what does not compare.
        if (!IsComparer(call))
            return Of(true);
        for (int i = 1; i < elements.Count; i++)
        {
            try
            {
                if (IsLess(call, elements[i], elements[i - 1]))
                    return Of(false);
            }
            catch (CallException e) when (!e.Error.IsIncomplete)
            {
                // What cannot be compared is not sorted.
                return Of(false);
            }
        }

        return Of(true);
    }

    /// <summary>Whether the second argument says what is less.</summary>
    private static bool IsComparer(CallContext call) => call.Arguments[1] switch
    {
        Vertex comparer => comparer.Resolve().Find(Less) is not null,
        Constant => false,
        _ => throw new CallException(new Bottom(CueErrorCode.Incomplete, "non-concrete argument 1")),
    };

    private static void MergeSort(CallContext call, Value[] values, Value[] buffer, int start, int end)
    {
        if (end - start < 2)
            return;
        int middle = (start + end) / 2;
        MergeSort(call, values, buffer, start, middle);
        MergeSort(call, values, buffer, middle, end);
        int left = start, right = middle;
        for (int i = start; i < end; i++)
        {
            bool takesRight = left >= middle || (right < end && IsLess(call, values[right], values[left]));
            buffer[i] = takesRight ? values[right++] : values[left++];
        }

        Array.Copy(buffer, start, values, start, end - start);
    }

    private static bool IsLess(CallContext call, Value left, Value right)
    {
        call.Step();
        // Between constants the package's own comparers need no evaluation.
        if (call.Arguments[1] is Vertex { Label.Text: "Ascending" or "Descending" } known && known.Parent is { Parent: null, Conjuncts.Count: 0 }
            && CompareAtoms(call, left, right) is { } order)
        {
            return known.Label.Text == "Ascending" ? order < 0 : order > 0;
        }

        Value comparison = call.Unify(call.Arguments[1], call.NewStruct([new("x", left), new("y", right)]));
        if (comparison is not Vertex vertex || vertex.Resolve() is not { } resolved)
            throw new BuiltinException("invalid comparer");
        if (resolved.Base is Bottom failed)
            throw new CallException(failed);
        Vertex less = resolved.Find(Less) ?? throw new BuiltinException("field not found: less");
        if (resolved.Find(X)?.Resolve().Base is Bottom xError)
            throw new CallException(xError);
        if (resolved.Find(Y)?.Resolve().Base is Bottom yError)
            throw new CallException(yError);
        return call.Evaluator.Concrete(less) switch
        {
            BoolConstant result => result.Value,
            Bottom error => throw new CallException(error),
            Constant => false,
            Value other => throw Incomplete($"non-concrete value {ValueText.Describe(other)}"),
        };
    }

    private static int? CompareAtoms(CallContext call, Value left, Value right) => (call.Evaluator.Concrete(left), call.Evaluator.Concrete(right)) switch
    {
        (NumberConstant a, NumberConstant b) => a.Value.CompareTo(b.Value),
        (StringConstant a, StringConstant b) => CodePoints.Compare(a.Value, b.Value),
        _ => null,
    };
}
