using System.Globalization;
using System.Numerics;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Numerics;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Lists;

/// <summary><c>list</c>: building, measuring and sorting lists.</summary>
internal sealed partial class ListPackage() : StandardPackage("list")
{
    /// <summary>Longer results are refused rather than built.</summary>
    private const long MaxCount = 1_000_000;

    public override IEnumerable<Builtin> Functions =>
    [
        Function("Drop", [List, Int], List, static call => Part(call, NotNegative(call, 1), long.MaxValue)),
        Function("Take", [List, Int], List, static call => Part(call, 0, NotNegative(call, 1))),
        Function("Slice", [List, Int, Int], List, static call => Slice(call)),
        Function("FlattenN", [new BuiltinParameter(Top) { TakesElements = true }, Int], List, static call => FlattenN(call)),
        Function("Repeat", [List, Int], List, static call => Repeat(call)),
        Function("Concat", [List], List, static call => Concat(call)),
        Function("Reverse", [List], List, static call => call.NewList(Elements(call, 0).Reverse())),
        Function("MinItems", [WholeList, Int], Bool, static call => MinItems(call)),
        Function("MaxItems", [WholeList, Int], Bool, static call => MaxItems(call)),
        Function("UniqueItems", [List], Bool, static call => UniqueItems(call)),
        Function("Contains", [List, Anything], Bool, static call => Contains(call)),
        Function("MatchN", [List, Schema, Schema], Bool, static call => MatchN(call)),
        Function("Avg", [WholeList], Number, static call => Average(Numbers(call, 0))),
        Function("Max", [WholeList], Number, static call => OfDecimal(NotEmpty(Numbers(call, 0)).Aggregate(static (x, y) => y > x ? y : x))),
        Function("Min", [WholeList], Number, static call => OfDecimal(NotEmpty(Numbers(call, 0)).Aggregate(static (x, y) => y < x ? y : x))),
        Function("Sum", [WholeList], Number, static call => OfDecimal(Total(Numbers(call, 0)))),
        Function("Product", [WholeList], Number, static call => OfDecimal(Numbers(call, 0).Aggregate(BigDecimal.One, Multiply))),
        Function("Range", [Number, Number, Number], List, static call => Range(call)),
        Function("Sort", [List, Anything], List, static call => Sort(call)),
        Function("SortStable", [List, Anything], List, static call => Sort(call)),
        Function("SortStrings", [WholeList], List, static call => OfTexts(call, Texts(call, 0).OrderBy(static text => text, Comparer<string>.Create(CodePoints.Compare)))),
        Function("IsSorted", [List, Anything], Bool, static call => IsSorted(call)),
        Function("IsSortedStrings", [WholeList], Bool, static call => Of(AreSorted(Texts(call, 0)))),
    ];

    /// <summary>The arcs of a list rather than their values, so that what is open or has a default stays so.</summary>
    private static IReadOnlyList<Value> Elements(CallContext call, int index)
    {
        _ = call.List(index);
        return Arcs((Vertex)call.Arguments[index]);
    }

    private static IReadOnlyList<Value> Arcs(Vertex list) => [.. list.Resolve().Arcs.Where(static arc => arc.Label.Kind == LabelKind.Index)];

    private static long NotNegative(CallContext call, int index) =>
        call.Int64(index) is long value and >= 0 ? value : throw new BuiltinException("negative index");

    private static Value Part(CallContext call, long start, long count) =>
        call.NewList(Elements(call, 0).Skip((int)Math.Min(start, int.MaxValue)).Take((int)Math.Min(count, int.MaxValue)));

    private static Value Slice(CallContext call)
    {
        long start = NotNegative(call, 1), end = call.Int64(2);
        if (start > end)
            throw new BuiltinException("invalid index: " + FormattableString.Invariant($"{start} > {end}"));
        int count = Elements(call, 0).Count;
        if (start > count || end > count)
            throw new BuiltinException("slice bounds out of range");
        return Part(call, start, end - start);
    }

    private static Value FlattenN(CallContext call)
    {
        if (call.Arguments[0] is not Vertex { Kind: CueKind.List } list)
        {
            throw call.Arguments[0] is Constant or Vertex
                ? Fail($"cannot use value {ValueText.Describe(call.Arguments[0])} (type {call.Arguments[0].Kind.Text()}) as list", call, 0)
                : Incomplete($"non-concrete value {ValueText.Describe(call.Arguments[0])}");
        }

        List<Value> result = [];
        Flatten(call, list, call.Int64(1), result, 0);
        return call.NewList(result);
    }

    private static void Flatten(CallContext call, Vertex list, long depth, List<Value> result, int nesting)
    {
        if (nesting > 500)
            throw new BuiltinException("list nests too deeply");
        _ = call.Elements(list);
        foreach (Value element in Arcs(list))
        {
            call.Step();
            if (depth != 0 && call.Evaluator.Concrete(element) is Vertex { Kind: CueKind.List } inner)
                Flatten(call, inner, depth - 1, result, nesting + 1);
            else
                result.Add(element);
        }
    }

    private static Value Repeat(CallContext call)
    {
        IReadOnlyList<Value> elements = Elements(call, 0);
        long count = call.Int64(1);
        if (count < 0)
            throw new BuiltinException("negative count");
        if (count > MaxRepetitions)
            throw new BuiltinException(FormattableString.Invariant($"count {count} exceeds limit of {MaxRepetitions}"));
        if (elements.Count > 0 && count > MaxCount / elements.Count)
            throw new BuiltinException("repeated list is too long");
        return call.NewList(Enumerable.Range(0, elements.Count == 0 ? 0 : (int)count).SelectMany(_ => elements));
    }

    private static Value Concat(CallContext call)
    {
        List<Value> result = [];
        foreach (Value arc in Elements(call, 0))
        {
            Value element = call.Evaluator.Concrete(arc);
            if (element is not Vertex { Kind: CueKind.List } list)
            {
                // A list that is made of itself has no end.
                if (element is Bottom { Code: CueErrorCode.Structural } cycle)
                    throw new CallException(new Bottom(cycle.Code, cycle.Message));
                throw Unfit(element, arc, List);
            }

            _ = call.Elements(list);
            result.AddRange(Arcs(list));
        }

        return call.NewList(result);
    }

    private static Value MinItems(CallContext call)
    {
        BigInteger count = call.List(0).Count, limit = call.Int64(1);
        if (count >= limit || !call.IsValidator)
            return Of(count >= limit);
        string message = $"len(list) < MinItems({Show(limit)}) ({Show(count)} < {Show(limit)})";
        throw ((Vertex)call.Arguments[0]).Resolve().IsOpenList ? Incomplete(message) : new BuiltinException(message);
    }

    private static Value MaxItems(CallContext call)
    {
        BigInteger count = call.List(0).Count, limit = call.Int64(1);
        if (count <= limit || !call.IsValidator)
            return Of(count <= limit);
        throw new BuiltinException($"len(list) > MaxItems({Show(limit)}) ({Show(count)} > {Show(limit)})");
    }

    private static string Show(BigInteger number) => number.ToString(CultureInfo.InvariantCulture);

    private static Value UniqueItems(CallContext call)
    {
        IReadOnlyList<Value> elements = call.List(0);
        foreach (Value element in elements)
        {
            if (call.Complete(element) is { } error)
                throw new CallException(error);
        }

        for (int i = 0; i < elements.Count; i++)
        {
            for (int j = i + 1; j < elements.Count; j++)
            {
                call.Step();
                // What is not concrete is equal if it is the same constraint.
                if (!AreSame(call, elements[i], elements[j]) && (elements[i] is Constant || !Equality.IsIdentical(elements[i], elements[j])))
                    continue;
                if (!call.IsValidator)
                    return Of(false);
                string places = FormattableString.Invariant($"at position {i} and {j}");
                throw elements[i] is Constant
                    ? new BuiltinException($"equal value ({ValueText.Describe(elements[i])}) {places}")
                    : Incomplete("equal values " + places);
            }
        }

        return Of(true);
    }

    private static Value Contains(CallContext call)
    {
        if (call.Arguments[1] is not (Vertex or Constant))
            throw new CallException(new Bottom(CueErrorCode.Incomplete, "non-concrete argument 1"));
        return Of(call.List(0).Any(element =>
        {
            call.Step();
            return AreSame(call, element, call.Arguments[1]);
        }));
    }

    /// <summary>Equality that tells 1 from 1.0.</summary>
    private static bool AreSame(CallContext call, Value left, Value right) => (left, right) switch
    {
        (Constant a, Constant b) => a.Kind == b.Kind && a.SameAs(b),
        (Vertex, Vertex) => Equality.AreEqual(call.Evaluator, left, right),
        _ => false,
    };

    private static Value MatchN(CallContext call)
    {
        Value count = call.Arguments[1], schema = call.Arguments[2];
        long matches = 0;
        foreach (Value element in Elements(call, 0))
        {
            call.Step();
            if (call.Complete(call.Unify(element, schema)) is null or { IsIncomplete: true })
                matches++;
        }

        if (call.Complete(call.Unify(Of(matches), count)) is null)
            return Of(true);
        if (!call.IsValidator)
            return Of(false);
        throw new CallException(new Bottom(CueErrorCode.Eval, MessageText.Quote(schema is Vertex { IsInline: true, ChildError: { IsIncomplete: false } wrong } ? wrong : schema) + FormattableString.Invariant($" matches {matches} list items, want {ValueText.Describe(count)}")));
    }

    private static List<BigDecimal> NotEmpty(List<BigDecimal> numbers) =>
        numbers.Count > 0 ? numbers : throw new BuiltinException("empty list");

    private static BigDecimal Total(List<BigDecimal> numbers) => numbers.Aggregate(BigDecimal.Zero, static (x, y) =>
        Checked(DecimalArithmetic.Add(x, y, out BigDecimal sum), sum));

    private static BigDecimal Multiply(BigDecimal x, BigDecimal y) => Checked(DecimalArithmetic.Multiply(x, y, out BigDecimal product), product);

    private static BigDecimal Checked(DecimalError error, BigDecimal value) =>
        error == DecimalError.None ? value : throw new BuiltinException(error.Message());

    private static Value Average(List<BigDecimal> numbers) =>
        OfDecimal(Checked(DecimalArithmetic.Divide(Total(NotEmpty(numbers)), numbers.Count, out BigDecimal average), average).Reduce());

    private static Value Range(CallContext call)
    {
        (BigDecimal start, BigDecimal limit, BigDecimal step) = (call.Number(0), call.Number(1), call.Number(2));
        if (step.IsZero)
            throw new BuiltinException("step must be non zero");
        if (!step.IsNegative && start > limit)
            throw new BuiltinException("end must be greater than start when step is positive");
        if (step.IsNegative && start < limit)
            throw new BuiltinException("end must be less than start when step is negative");
        List<Value> result = [];
        for (BigDecimal x = start; step.IsNegative ? x > limit : x < limit; x = Checked(DecimalArithmetic.Add(x, step, out BigDecimal next), next))
        {
            call.Step();
            if (result.Count >= MaxCount)
                throw new BuiltinException("range is too long");
            result.Add(OfDecimal(x));
        }

        return call.NewList(result, areMade: true);
    }

    private static bool AreSorted(List<string> texts)
    {
        for (int i = 1; i < texts.Count; i++)
        {
            if (CodePoints.Compare(texts[i - 1], texts[i]) > 0)
                return false;
        }

        return true;
    }
}
