using System.Numerics;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>A call of a builtin: its arguments, read in the types that an implementation needs.</summary>
internal sealed class CallContext(Evaluator evaluator, Builtin builtin, IReadOnlyList<Value> arguments, Vertex? vertex, Position position)
{
    public Evaluator Evaluator { get; } = evaluator;

    public Builtin Builtin { get; } = builtin;

    /// <summary>The arguments, defaults taken: atoms, the vertex of a struct or list, or what is not concrete where allowed.</summary>
    public IReadOnlyList<Value> Arguments { get; } = arguments;

    /// <summary>For a lazy builtin: the arguments unevaluated, with <see cref="Environment"/>.</summary>
    public IReadOnlyList<Expr> Expressions { get; init; } = [];

    public Env? Environment { get; init; }

    /// <summary>The vertex that the call is evaluated for.</summary>
    public Vertex? Vertex { get; } = vertex;

    public Position Position { get; } = position;

    /// <summary>The arguments as they are written, of a validator those after the value; empty where there is no call.</summary>
    public IReadOnlyList<WrittenArgument> Written { get; init; } = [];

    /// <summary>Where the first schema among the arguments is written, if there is one.</summary>
    public Position SchemaPosition => Written.SelectMany(static argument => argument.Schema).FirstOrDefault();

    /// <summary>Whether the first argument is the value being validated.</summary>
    public bool IsValidator { get; init; }

    public int Count => Arguments.Count;

    public CancellationToken Cancellation => Evaluator.Cancellation;

    /// <summary>Counts work against the budget for steps.</summary>
    public void Step() => Evaluator.Step();

    /// <summary>Counts as many steps of work.</summary>
    public void Step(int count) => Evaluator.Step(count);

    public string String(int index) => Arguments[index] is StringConstant text ? text.Value : throw Mismatch(index, CueKind.String);

    /// <summary>The bytes of a bytes or string argument.</summary>
    public byte[] Bytes(int index) => Arguments[index] switch
    {
        BytesConstant bytes => bytes.Value,
        StringConstant text => System.Text.Encoding.UTF8.GetBytes(text.Value),
        _ => throw Mismatch(index, CueKind.Bytes),
    };

    public bool Bool(int index) => Arguments[index] is BoolConstant boolean ? boolean.Value : throw Mismatch(index, CueKind.Bool);

    public BigDecimal Number(int index) => Arguments[index] is NumberConstant number ? number.Value : throw Mismatch(index, CueKind.Number);

    public BigInteger Integer(int index) =>
        Arguments[index] is NumberConstant { Kind: CueKind.Int } number && number.Value.TryToBigInteger(out var value) ? value : throw Mismatch(index, CueKind.Int);

    /// <summary>An int argument that has 64 bits and a sign.</summary>
    public long Int64(int index) => Integer(index) is var value && value >= long.MinValue && value <= long.MaxValue ? (long)value : throw Overflow(index, "int64");

    /// <summary>An int argument of 64 bits without a sign.</summary>
    public ulong UInt64(int index)
    {
        var value = Integer(index);
        if (value.Sign < 0)
            throw Unfit(index, "uint64", "");
        return value <= ulong.MaxValue ? (ulong)value : throw Overflow(index, "uint64");
    }

    /// <summary>An int argument of 32 bits, of which the highest becomes the sign.</summary>
    /// <param name="index">The argument.</param>
    /// <param name="type">What the error calls it.</param>
    public int Int32(int index, string type = "int32")
    {
        var value = Integer(index);
        return value >= -(long)uint.MaxValue && value <= uint.MaxValue ? unchecked((int)(long)value) : throw Overflow(index, type);
    }

    /// <summary>A number in the range of binary floating point.</summary>
    public double Float64(int index)
    {
        var value = Number(index);
        var result = value.ToDouble();
        return double.IsInfinity(result) && value.IsFinite ? throw Unfit(index, "float64", value.Sign < 0 ? ": value was rounded down" : ": value was rounded up") : result;
    }

    private CallException Overflow(int index, string type) =>
        new(new Bottom(CueErrorCode.Eval, FormattableString.Invariant($"int {ValueText.Describe(Arguments[index])} overflows {type} in argument {index}")));

    private CallException Unfit(int index, string type, string reason) =>
        new(new Bottom(CueErrorCode.Eval, FormattableString.Invariant($"cannot use {ValueText.Describe(Arguments[index])} (type {Arguments[index].Kind.Text()}) as {type} in argument {index}{reason}"), PositionsOf(index)));

    /// <summary>The elements of a list, each evaluated with its default taken; what is not concrete stays as it is.</summary>
    public IReadOnlyList<Value> List(int index)
    {
        if (Arguments[index] is not Vertex vertex || vertex.Kind != CueKind.List)
            throw Mismatch(index, CueKind.List);
        return Elements(vertex);
    }

    /// <summary>The struct of an argument, evaluated.</summary>
    public Vertex Struct(int index) => Arguments[index] is Vertex vertex && vertex.Kind == CueKind.Struct ? vertex.Resolve() : throw Mismatch(index, CueKind.Struct);

    /// <summary>The elements of a list vertex.</summary>
    public IReadOnlyList<Value> Elements(Vertex list)
    {
        list = list.Resolve();
        if (list.Status == VertexStatus.Partial)
            Evaluator.Finalize(list);
        var result = new List<Value>(list.Arcs.Count);
        for (var i = 0; i < list.Arcs.Count; i++)
        {
            var arc = list.Arcs[i];
            if (arc.Label.Kind == LabelKind.Index)
                result.Add(Evaluator.Concrete(arc));
        }

        return result;
    }

    /// <summary>The members of a struct that are data, in CUE's order, each with its value.</summary>
    public IReadOnlyList<KeyValuePair<string, Value>> Members(Vertex structure)
    {
        structure = structure.Resolve();
        if (structure.Status == VertexStatus.Partial)
            Evaluator.Finalize(structure);
        var result = new List<KeyValuePair<string, Value>>();
        var fields = FieldOrder.Sort(structure);
        for (var i = 0; i < fields.Count; i++)
        {
            var arc = fields[i];
            if (arc.Label.Kind == LabelKind.String && arc.ArcType == ArcType.Member)
                result.Add(new KeyValuePair<string, Value>(arc.Label.Text, Evaluator.Concrete(arc)));
        }

        return result;
    }

    /// <summary>Everything in a value, evaluated; the first error below it, if there is one.</summary>
    public Bottom? Complete(Value value)
    {
        if (value is Bottom error)
            return error;
        if (value is not Vertex vertex)
            return null;
        vertex = vertex.Resolve();
        if (vertex.Status == VertexStatus.Partial)
            Evaluator.Finalize(vertex);
        var found = vertex.Base as Bottom ?? vertex.ChildError;
        // What another call says of its argument is told of this one as well.
        return found is { IsComplete: true } ? found.InParts() : found;
    }

    /// <summary>Everything that is wrong within a value, as one error that tells each; null if nothing is.</summary>
    /// <param name="concrete">Whether what is not concrete is wrong as well.</param>
    public Bottom? Problems(Value value, bool concrete)
    {
        if (value is not Vertex vertex)
            return null;
        var found = CueValue.FindErrors(vertex, null, Evaluator.Finalize, concrete);
        // The reasons for an empty disjunction are among them already.
        return found.Count == 0 ? null : new Bottom(found[0].Code, found[0].Text, found[0].Positions)
        {
            Errors = [.. found.Select(static each => each.IsDisjunction ? new Bottom(each.Code, each.Text, each.Positions) { At = each.At, HasNoPlace = each.HasNoPlace } : each)],
            TellsEach = true,
        };
    }

    /// <summary>A new list of values.</summary>
    /// <param name="elements">The values.</param>
    /// <param name="areMade">Whether the call made them: they are written where it is.</param>
    public Value NewList(IEnumerable<Value> elements, bool areMade = false)
    {
        var exprs = new List<Expr>();
        var isDetermined = true;
        foreach (var element in elements)
        {
            Step();
            exprs.Add(new ValueExpr(element, null, areMade ? Position : default));
            isDetermined &= element is Constant or Vertex { Status: VertexStatus.Final, Base: not Bottom, ChildError: null };
        }

        var list = new Vertex(Vertex, default) { IsDetached = true };
        list.Conjuncts.Add(new Conjunct(new ListExpr(null, exprs, false, null) { IsDetermined = isDetermined }, null, ConjunctInfo.Root));
        return list;
    }

    /// <summary>A new struct of regular fields that the call makes.</summary>
    public Value NewStruct(IEnumerable<KeyValuePair<string, Value>> members)
    {
        var structure = new Vertex(Vertex, default) { IsDetached = true };
        var fields = members.Select(each => (Decl)new FieldDecl(null, Label.Regular(each.Key), ArcType.Member, new ValueExpr(each.Value, null, Position))).ToList();
        structure.Conjuncts.Add(new Conjunct(new StructExpr(null, fields) { HasFields = true }, null, ConjunctInfo.Root));
        return structure;
    }

    /// <summary>The unification of two values, as a vertex that is evaluated.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">Another one.</param>
    /// <param name="place">Where the other one is written, if it is no vertex.</param>
    public Vertex Unify(Value left, Value right, Position place = default)
    {
        var vertex = Unified(left, right, place);
        Evaluator.Finalize(vertex);
        return vertex;
    }

    /// <summary>What a field of a function that is written as a struct computes of its parameters, of which only what it needs is determined; null if it has no such field.</summary>
    /// <param name="function">The struct.</param>
    /// <param name="parameters">The values of other fields.</param>
    /// <param name="result">The field.</param>
    public Value? Compute(Value function, IEnumerable<KeyValuePair<string, Value>> parameters, Binding.Label result)
    {
        var vertex = Unified(function, NewStruct(parameters), default);
        vertex = Evaluator.Reach(vertex);
        if (vertex.Find(result) is not { } field)
            return vertex.State?.Error;
        Evaluator.Finalize(field);
        return Evaluator.Concrete(field) switch
        {
            Bottom error => error.InParts().Select(part => part.From(vertex, (function as Vertex)?.Path() ?? "")),
            var value => value,
        };
    }

    private Vertex Unified(Value left, Value right, Position place)
    {
        var vertex = new Vertex(Vertex, default) { IsDetached = true };
        vertex.Conjuncts.Add(new Conjunct(new ValueExpr(left, null), null, InfoOf(left)));
        vertex.Conjuncts.Add(new Conjunct(new ValueExpr(right, null, place), null, InfoOf(right)));
        return vertex;
    }

    /// <summary>A definition closes here as it does where it is referred to.</summary>
    private static ConjunctInfo InfoOf(Value value) =>
        value is Vertex vertex && vertex.Resolve().Label.IsDefinition ? ConjunctInfo.Root.WithScope(new CloseScope(CloseScopeKind.Definition, null)) : ConjunctInfo.Root;

    /// <summary>Where an argument is written, if that is known.</summary>
    public IReadOnlyList<Position> PositionsOf(int index) => !IsValidator && index < Written.Count ? Written[index].Positions : [];

    private CallException Mismatch(int index, CueKind wanted)
    {
        var value = Arguments[index];
        if (value is Bottom error)
            return new CallException(error);
        if (value is not Constant && (value.Kind & wanted) != 0)
            return new CallException(new Bottom(CueErrorCode.Incomplete, $"non-concrete value {value.Kind.Text()}"));
        return new CallException(new Bottom(CueErrorCode.Eval, FormattableString.Invariant($"cannot use {ValueText.Describe(value)} (type {value.Kind.Text()}) as {wanted.Text()} in argument {index + 1} to {Builtin.Text}"), PositionsOf(index)) { IsComplete = true });
    }
}
