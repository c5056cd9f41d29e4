using System.Numerics;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Numerics;

namespace DataMesh.Cue.Values;

/// <summary>The predeclared functions (specification: "Builtin Functions").</summary>
internal static class CoreBuiltins
{
    /// <summary>The name that keeps a reference from being shared, without saying anything else.</summary>
    public const string NoSharing = "__no_sharing";

    public static IReadOnlyList<Builtin> All { get; } =
    [
        new("", "len", [new BuiltinParameter(CueKind.String | CueKind.Bytes | CueKind.List | CueKind.Struct)], CueKind.Int, Len) { OnlyCounts = true },
        new("", "close", [new BuiltinParameter(CueKind.Struct, allowsNonConcrete: true)], CueKind.Struct, Close),
        new("", "and", [new BuiltinParameter(CueKind.List)], CueKind.Top, And),
        new("", "or", [new BuiltinParameter(CueKind.List)], CueKind.Top, Or) { TakesDisjunction = true },
        new("", "div", [CueKind.Int, CueKind.Int], CueKind.Int, call => Divide(call, DecimalArithmetic.EuclideanDivide, quotient: true)),
        new("", "mod", [CueKind.Int, CueKind.Int], CueKind.Int, call => Divide(call, DecimalArithmetic.EuclideanDivide, quotient: false)),
        new("", "quo", [CueKind.Int, CueKind.Int], CueKind.Int, call => Divide(call, DecimalArithmetic.TruncatedDivide, quotient: true)),
        new("", "rem", [CueKind.Int, CueKind.Int], CueKind.Int, call => Divide(call, DecimalArithmetic.TruncatedDivide, quotient: false)),
        new("", "error", [CueKind.String], CueKind.Bottom, Error) { IsLazy = true },
        new("", "__closeAll", [new BuiltinParameter(CueKind.Struct)], CueKind.Struct, static call => call.Arguments[0]),
        new("", "__reclose", [new BuiltinParameter(CueKind.Struct)], CueKind.Struct, static call => call.Arguments[0]),
        new("", "__test_experiment", [new BuiltinParameter(CueKind.Top)], CueKind.Top, static call => call.Arguments[0]),
        new("", NoSharing, [new BuiltinParameter(CueKind.Top, allowsNonConcrete: true)], CueKind.Top, static call => call.Arguments[0]),
        .. SchemaValidators.All,
    ];

    private delegate DecimalError Division(BigInteger x, BigInteger y, out BigInteger quotient, out BigInteger remainder);

    private static NumberConstant Divide(CallContext call, Division divide, bool quotient)
    {
        if (call.Arguments[0] is NumberConstant dividend && call.Arguments[1] is NumberConstant divisor)
            call.Step(Arithmetic.Steps(dividend.Value, divisor.Value));
        var error = divide(call.Integer(0), call.Integer(1), out var q, out var r);
        if (error != default)
            throw new CallException(new Bottom(CueErrorCode.Eval, "division by zero") { At = call.Vertex });
        return NumberConstant.Int(quotient ? q : r);
    }

    private static Value Len(CallContext call)
    {
        switch (call.Arguments[0])
        {
            case StringConstant text:
                return NumberConstant.Int(System.Text.Encoding.UTF8.GetByteCount(text.Value));
            case BytesConstant bytes:
                return NumberConstant.Int(bytes.Value.Length);
            case Vertex vertex when vertex.Kind == CueKind.List:
                return NumberConstant.Int(call.Elements(vertex).Count);
            case Vertex vertex:
                return NumberConstant.Int(call.Members(vertex).Count);
            default:
                throw new CallException(new Bottom(CueErrorCode.Incomplete, $"non-concrete value {ValueText.Describe(call.Arguments[0])}"));
        }
    }

    /// <summary>An error that the schema asks for; parts of an interpolation that fail are printed as written.</summary>
    private static Value Error(CallContext call)
    {
        if (call.IsValidator)
            return new Bottom(CueErrorCode.Eval, $"invalid value {ValueText.Describe(call.Arguments[0])} (does not satisfy error): ") { IsComplete = true };
        var frame = new Frame(call.Vertex!, ConjunctInfo.Root);
        if (call.Expressions[0] is not InterpolationExpr interpolation)
        {
            var argument = call.Evaluator.Evaluate(call.Expressions[0], call.Environment, frame);
            var value = call.Evaluator.Concrete(argument);
            return value switch
            {
                Bottom { IsBlocked: true } => value,
                NullConstant or FunctionValue or Vertex { Kind: CueKind.Struct or CueKind.List } => Bottom.Join(new Bottom(CueErrorCode.User, "", [call.Position]), NoMessage(value, argument)),
                _ => new Bottom(CueErrorCode.User, Message(value), [call.Position]),
            };

            Bottom NoMessage(Value value, Value argument) => new(
                CueErrorCode.Eval,
                $"cannot use {ValueText.Unsuited(value)} (type {value.Kind.Text()}) as type (bool|string|bytes|number)",
                ErrorPositions.Primary(call.Position, ErrorPositions.OfOperand(argument, call.Expressions[0])));
        }

        MessageText text = "";
        var positions = new List<Syntax.Position>();
        for (var i = 0; i < interpolation.Texts.Count; i++)
        {
            text += interpolation.Texts[i].Text;
            if (i == interpolation.Parts.Count)
                break;
            var part = interpolation.Parts[i];
            var raw = call.Evaluator.Evaluate(part, call.Environment, frame);
            var value = call.Evaluator.Concrete(raw);
            if (value is Bottom { IsBlocked: true } blocked)
                return blocked;
            switch (value)
            {
                case StringConstant constant:
                    text += constant.Value;
                    break;
                case Bottom when part is ValueRef && raw is Vertex self:
                    // Nothing is known yet of what the error is a part of.
                    positions.AddRange((self.Origin ?? self).Conjuncts.Select(static conjunct => conjunct.Expr.Position));
                    text += "_";
                    break;
                case Bottom:
                    positions.Add(part.Position);
                    text += ExprText.Of(part);
                    break;
                default:
                    positions.AddRange(value is Constant ? [] : value is Vertex { Origin: { } whole } ? ErrorPositions.OfConjuncts(whole) : ErrorPositions.OfValue(raw));
                    text += MessageText.Quote(value);
                    break;
            }
        }

        return new Bottom(CueErrorCode.User, text, ErrorPositions.Primary(call.Position, ErrorPositions.Sort(positions)));
    }

    private static string Message(Value value) => value switch
    {
        StringConstant text => text.Value,
        BytesConstant bytes => System.Text.Encoding.UTF8.GetString(bytes.Value),
        Constant => ValueText.Describe(value),
        _ => "",
    };

    private static Value Close(CallContext call)
    {
        return call.Arguments[0] is Vertex source
            ? new ClosedValue(source)
            : throw new CallException(new Bottom(CueErrorCode.Eval, "struct argument must be concrete"));
    }

    private static Value And(CallContext call)
    {
        var elements = ElementVertices(call);
        if (elements.Count == 0)
            return TypeValue.Top;
        var unified = Unify(call, elements);
        return new UnificationValue(unified, [.. elements.Select(static each => each is Vertex { IsFinal: true } element && element.Resolve().Base is Bottom ? TypeValue.Top : each)]);
    }

    private static Value Unify(CallContext call, List<Value> elements)
    {
        var result = new Vertex(call.Vertex, default) { IsDetached = true, IsInline = true };
        foreach (var element in elements)
            result.Conjuncts.Add(new Conjunct(new ValueExpr(element, null, call.Position), null, ConjunctInfo.Root));
        // Types and bounds are one constraint then.
        if (!elements.TrueForAll(static element => element is Vertex vertex && vertex.Resolve().Base is TypeValue or BoundValue or ValidatorValue or ConjunctionValue)
            || call.Evaluator.Settle(result) is not ConjunctionValue conjunction)
        {
            return result;
        }

        var written = result.Resolve().State?.Kinds ?? default;
        var places = conjunction.Values
            .Select(each => (Value: each, Place: written.FindIndex(located => ReferenceEquals(located.Value, each))))
            .OrderBy(static each => each.Place)
            .ToList();
        return new ConjunctionValue(conjunction.Kind, [.. places.Select(static each => each.Value)])
        {
            Positions = [.. places.Select(each => each.Place < 0 ? default : written[each.Place].Position)],
        };
    }

    private static Value Or(CallContext call)
    {
        var elements = ElementVertices(call);
        if (elements.Count == 0)
            return new Bottom(CueErrorCode.Incomplete, "empty list in call to or", [call.Position]);
        // If no choice is left, what is wrong with each of them, or within it, is wrong with the call.
        List<Bottom> errors = [.. elements.Select(static each => ErrorOf((Vertex)each)).TakeWhile(static error => error is not null).Select(static error => error!)];
        if (errors.Count < elements.Count)
            return elements.Count == 1 ? elements[0] : new DisjunctionValue(elements, 0) { IsRaw = true };
        return errors.Count == 1 ? errors[0]
            : new Bottom(CueErrorCode.Eval, FormattableString.Invariant($"{errors.Count} errors in empty disjunction:"), [call.Position]) { HasNoPath = true, HasNoPlace = true, Errors = errors, IsDisjunction = true, IsComplete = true };
    }

    /// <summary>What is wrong for good with an element or within it, told from there; null if nothing is known to be.</summary>
    private static Bottom? ErrorOf(Vertex element) =>
        element.Resolve() is { IsFinal: true } value && ((element.Shared is null ? value.Base as Bottom : null) ?? value.ChildError) is { Code: CueErrorCode.Eval or CueErrorCode.User } error
            ? error.Select(part => part.Within(value, element.Shared is null ? [] : [element.Conjuncts[0].Expr.Position]))
            : null;

    private static List<Value> ElementVertices(CallContext call)
    {
        if (call.Arguments[0] is not Vertex list)
            throw new CallException(new Bottom(CueErrorCode.Incomplete, $"non-concrete value {ValueText.Describe(call.Arguments[0])}"));
        _ = call.Elements(list);
        return [.. list.Resolve().Arcs.Where(static arc => arc.Label.Kind == LabelKind.Index)];
    }
}
