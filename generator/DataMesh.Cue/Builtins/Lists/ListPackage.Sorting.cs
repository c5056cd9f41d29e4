using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Lists;

/// <content>Sorting by a struct that says of its fields x and y whether x is less.</content>
internal sealed partial class ListPackage
{
    private static readonly Label Less = Label.Regular("less");

    /// <summary>The package's own comparers as cue has them: errors name their lines.</summary>
    private static readonly StructExpr s_comparers = Source(
        "list",
        """
        {
        	Comparer: {
        		T:    _
        		x:    T
        		y:    T
        		less: bool
        	}
        	Ascending: {
        		Comparer
        		T:    number | string
        		x:    T
        		y:    T
        		less: x < y
        	}
        	Descending: {
        		Comparer
        		T:    number | string
        		x:    T
        		y:    T
        		less: x > y
        	}
        }
        """);

    private static readonly Expr s_ascending = s_comparers.Declarations.OfType<FieldDecl>().First(static field => field.Label.Text == "Ascending").Value;
    private static readonly Expr s_descending = s_comparers.Declarations.OfType<FieldDecl>().First(static field => field.Label.Text == "Descending").Value;

    public override IEnumerable<KeyValuePair<string, Value>> Constants => FieldsOf(s_comparers);

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
            catch (CallException e) when (!e.Error.IsBlocked)
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
        if (call.Arguments[1] is Vertex { Conjuncts: [{ Expr: var known }] } && (ReferenceEquals(known, s_ascending) || ReferenceEquals(known, s_descending))
            && CompareAtoms(call, left, right) is { } order)
        {
            return ReferenceEquals(known, s_ascending) ? order < 0 : order > 0;
        }

        return call.Compute(call.Arguments[1], [new("x", left), new("y", right)], Less) switch
        {
            null => throw new BuiltinException("field not found: less"),
            BoolConstant result => result.Value,
            Bottom error => throw new CallException(error),
            // What is not decided is not less.
            _ => false,
        };
    }

    private static int? CompareAtoms(CallContext call, Value left, Value right) => (call.Evaluator.Concrete(left), call.Evaluator.Concrete(right)) switch
    {
        (NumberConstant a, NumberConstant b) => a.Value.CompareTo(b.Value),
        (StringConstant a, StringConstant b) => CodePoints.Compare(a.Value, b.Value),
        _ => null,
    };
}
