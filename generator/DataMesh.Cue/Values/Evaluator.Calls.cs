using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>Calls of builtin functions.</content>
internal sealed partial class Evaluator
{
    private static Bottom NoFunction(CallExpr call, CueErrorCode code, string what, string kind) =>
        new(code, $"cannot call {what} {ExprText.Of(call.Function)}{kind}", ErrorPositions.Primary(call.Position, [call.Function.Position]));

    private Value EvaluateCall(CallExpr call, Env env, Frame frame)
    {
        var named = Evaluate(call.Function, env, frame);
        _isOperand = IsReference(call.Function);
        var function = Settle(named);
        _isOperand = false;
        if (function is Bottom failure)
        {
            if (failure.IsBlocked || (failure.IsIncomplete && !_final))
                return failure;
            var nothing = NoFunction(call, CueErrorCode.Eval, "non-function", " (type _|_)");
            return failure.IsIncomplete ? nothing : Bottom.Join(nothing, failure);
        }

        if (function.Kind == CueKind.Top)
            return NoFunction(call, CueErrorCode.Incomplete, "non-concrete value", " (type _)");
        if (function is not FunctionValue { Builtin: { } builtin })
        {
            if (function is not ValidatorValue validator)
                return NoFunction(call, (function.Kind & CueKind.Func) != 0 ? CueErrorCode.Incomplete : CueErrorCode.Eval, "non-function", $" (type {function.Kind.Text()})");
            if (validator.Position.IsValid)
                return NoFunction(call, CueErrorCode.Eval, "previously called validator", "");
            builtin = validator.Builtin;
        }

        var count = call.Arguments.Count;
        var isValidator = builtin.IsValidatorOnly || (builtin.CanValidate && !builtin.HasOptional && count == builtin.MinimumArguments - 1);
        if (builtin.IsLazy && WrongCount() is null)
            return Failed(builtin.Invoke(new CallContext(this, builtin, [], frame.Vertex, call.Position) { Expressions = call.Arguments, Environment = env }), builtin, call);
        var offset = isValidator && !builtin.IsValidatorOnly ? 1 : 0;
        var isConstraint = !frame.Vertex.IsInline && ReferenceEquals(_task?.Conjunct.Expr, call);
        if (isConstraint && IsEndless(frame.Vertex, call, builtin))
            return StructuralCycle(frame.Vertex);
        var raw = call.Arguments.Select(each => Ask(each, env, frame, isConstraint ? builtin : null)).ToList();
        if (builtin.OnlyCounts && raw is [Vertex { UnaskedCount: { } length }])
            return NumberConstant.Int(length);
        var isOfPackage = builtin.Package.Length > 0;
        if ((isOfPackage || !builtin.Parameter(0).AllowsNonConcrete) && !(isValidator && frame.Vertex.IsOperand) && raw.Select(each => NeedsCall(each, frame, builtin, call)).FirstOrDefault(static each => each is not null) is { } needed)
            return frame.Vertex.IsOperand ? WrongCount() ?? needed : needed;
        if (raw.Exists(each => each is Vertex { IsFinal: true } other && ReferenceEquals(other.Resolve().State?.VoidCall, call)))
            return new Bottom(CueErrorCode.Incomplete, "cycle error") { HasNoPath = true };
        if (raw.Exists(each => IsChoiceOfItself(each, frame, call)))
            return new Bottom(CueErrorCode.Incomplete, "cycle error") { HasNoPath = true, IsChoice = true };
        // What is wrong within a list that was known before is told there alone.
        var wereKnown = raw.ConvertAll(static each => each is Vertex { IsDetached: false, IsFinal: true });
        var arguments = new List<Value>(count);
        for (var i = 0; i < count; i++)
        {
            var asks = isConstraint && !(builtin.OnlyCounts && IsList(raw[i])) && BeginAsking(call.Arguments[i], frame.Vertex, builtin);
            arguments.Add(Argument(
                isOfPackage && builtin.Parameter(i + offset).Kind != CueKind.List ? UnificationValue.Unify(raw[i]) : raw[i],
                TakesDisjunction(i) && !(builtin.TakesDisjunction && Settle(raw[i]) is DisjunctionValue { DefaultCount: 1 }),
                isOfPackage && !isValidator ? new Caller(frame.Vertex, call.Position) : null));
            if (asks)
                _asking.RemoveAt(_asking.Count - 1);
        }

        for (var i = 0; i < count; i++)
        {
            // What is being determined may be anything as yet; schemas are asked for when they are tried.
            if (arguments[i] is Bottom { Code: CueErrorCode.Cycle } && raw[i] is Vertex { IsFinal: false } asked && (builtin.IsValidatorOnly || !ReferenceEquals(asked.Resolve(), _task?.AskedInCircle)) && (builtin.IsValidatorOnly || !builtin.Parameter(i + offset).AllowsNonConcrete || ReferenceEquals(asked.Resolve(), frame.Vertex.Origin ?? frame.Vertex)))
                arguments[i] = builtin.IsValidatorOnly ? asked : TypeValue.Top;
            if (arguments[i] is Bottom lacking && IsIdle(lacking) && (builtin.Parameter(i + offset).Kind & CueKind.Struct) == 0)
                arguments[i] = OfKind(raw[i], arguments[i]);
        }

        // A disjunction that the call is a constraint of is the choice that is tried.
        if (frame.Vertex.Origin is { } whole)
            raw = raw.ConvertAll(each => each is Vertex asked && ReferenceEquals(asked.Resolve(), whole) ? frame.Vertex : each);
        if (arguments.Find(static each => each is Bottom { IsBlocked: true }) is { } blocked)
            return blocked;
        if (arguments.Find(static each => each is Bottom { IsLost: true }) is { } lost)
            return lost;
        if (arguments.Find(static each => each is Bottom { IsIncomplete: false }) is { } error)
            return error;
        for (var i = 0; i < count; i++)
        {
            if (arguments[i] is DisjunctionValue disjunction && !TakesDisjunction(i))
                return Unresolved(disjunction, call);
        }

        if (arguments.Find(static each => each is Bottom) is { } incomplete)
        {
            // What a list in the call lacks is told of the call by a function that tries each of its elements.
            return builtin.TakesDisjunction && _final && raw.Exists(static each => each is Vertex { IsOperand: true }) ? ((Bottom)incomplete).Select(each => (Bottom)Failed(each, builtin, call)) : incomplete;
        }
        if (WrongCount() is { } wrong)
            return wrong;
        if (builtin.IsValidatorOnly && count == builtin.Parameters.Count)
            return Failed(new Bottom(CueErrorCode.Eval, $"{builtin.Name} is a validator and should not be used as a function"), builtin, call);
        if (isValidator)
        {
            // The arguments are checked with the value that the validator is applied to.
            return new ValidatorValue(builtin, [.. arguments.Select((each, i) => IsSchema(i) && raw[i] is Vertex written ? written : each)], call.Position)
            {
                ArgumentPositions = PlacesOf(i => !IsSchema(i) && arguments[i] is not Vertex, static argument => argument.IsInline && ErrorPositions.OfValue(argument).Count == 0 ? ErrorPositions.OfConjuncts(argument) : ErrorPositions.OfValue(argument)),
                PositionsOf = PositionsOf,
                SchemaPositions = PlacesOf(IsSchema, ErrorPositions.OfConjuncts),
                Indirect = [.. raw.Select(static each => each is Vertex)],
                References = [.. call.Arguments.Select(static each => each is StructExpr or ListExpr ? default : each.Position)],
            };
        }

        if (ArgumentError(call, builtin, raw, arguments, PositionsOf) is { } unsuited)
            return unsuited;
        if (isOfPackage && arguments.Select(EndlessWithin).FirstOrDefault(static each => each is not null) is { } endless)
            return Failed(endless, builtin, call);
        if (isOfPackage && WrongElement(builtin, call, wereKnown, arguments) is { } failed)
            return failed;
        // A call that needs what it is asked for again, of the same values, has no end.
        if (_calls.Exists(each => ReferenceEquals(each.Call, call) && each.Arguments.SequenceEqual(arguments, SameArgument.Instance)))
            return Failed(new Bottom(CueErrorCode.Structural, "structural cycle"), builtin, call);
        _calls.Add((call, arguments));
        var result = builtin.Invoke(new CallContext(this, builtin, arguments, frame.Vertex, call.Position)
        {
            ArgumentPositions = PositionsOf,
            SchemaPositions = PlacesOf(IsSchema, static schema => schema.Resolve().Base is Constant ? ErrorPositions.OfValue(schema) : ErrorPositions.OfConjuncts(schema)),
        });
        _calls.RemoveAt(_calls.Count - 1);
        return Failed(result, builtin, call);

        bool IsSchema(int index) => builtin.HasSchema && builtin.Parameter(index + offset).IsSchema;

        IReadOnlyList<Position> PlacesOf(Func<int, bool> isMeant, Func<Vertex, IReadOnlyList<Position>> ofReference) =>
            [.. Enumerable.Range(0, count).Where(isMeant).SelectMany(i => raw[i] is Vertex written ? ofReference(written) : ErrorPositions.OfOperand(raw[i], call.Arguments[i]))];

        Bottom? WrongCount()
        {
            if (count > builtin.Parameters.Count && !builtin.IsVariadic)
                return new Bottom(CueErrorCode.Eval, $"too many arguments in call to {builtin.Text} (have {count}, want {builtin.Parameters.Count})", [call.Position]);
            return count < builtin.MinimumArguments - (isValidator ? 1 : 0)
                ? new Bottom(CueErrorCode.Eval, $"not enough arguments in call to {builtin.Text} (have {count}, want {builtin.Parameters.Count})", [call.Position])
                : null;
        }

        IReadOnlyList<Position> PositionsOf(int i) => i < count ? ErrorPositions.OfOperand(raw[i], call.Arguments[i]) : [];

        bool TakesDisjunction(int i) => builtin.TakesDisjunction || builtin.Parameter(i + offset) is { AllowsNonConcrete: true, Kind: CueKind.Top };
    }

    /// <summary>
    /// An argument of the wrong type, else one that is not concrete: the last one of a function of a package, of another a
    /// reference to one if there is any.
    /// </summary>
    private static Bottom? ArgumentError(CallExpr call, Builtin builtin, List<Value> raw, List<Value> arguments, Func<int, IReadOnlyList<Position>> positionsOf)
    {
        var found = -1;
        for (var i = 0; i < arguments.Count; i++)
        {
            var parameter = builtin.Parameter(i);
            if ((arguments[i].Kind & parameter.Kind) == 0)
                return UnsuitedArgument(builtin, arguments[i], i, positionsOf(i));
            if (parameter.Choices is { } choices && arguments[i] is StringConstant chosen && !choices.Contains(chosen.Value))
                return new Bottom(CueErrorCode.Eval, FormattableString.Invariant($"cannot use {ValueText.Describe(chosen)} as {choices.Text} in argument {i + 1} to {builtin.Text}"), positionsOf(i)) { IsComplete = true };
            if (!parameter.AllowsNonConcrete && !IsConcrete(arguments[i]) && (found < 0 || builtin.Package.Length > 0 || raw[i] is Vertex))
                found = i;
        }

        if (found < 0)
            return null;
        var text = ValueText.Describe(arguments[found]);
        if (builtin.Package.Length == 0 && builtin.Parameter(found).Kind is CueKind.List or CueKind.Int)
            return new Bottom(CueErrorCode.Incomplete, $"{(builtin.Parameter(found).Kind == CueKind.List ? "incomplete list" : $"incomplete number in argument to {builtin.Name} builtin")}: {text}", positionsOf(found));
        var taken = builtin.Parameter(found);
        var isAny = builtin.Package.Length > 0 && taken.Kind == CueKind.Top;
        var message = builtin.Package.Length == 0 ? $"incomplete argument {text} (type {arguments[found].Kind.Text()})"
            : isAny ? FormattableString.Invariant($"non-concrete argument {found}")
            : taken.IsWhole ? FormattableString.Invariant($"non-concrete {taken.Kind.Text()} for argument {found}")
            : $"non-concrete value {arguments[found].Kind.Text()}";
        var isKnown = !isAny && (arguments[found].Kind != CueKind.Top || (builtin.Package.Length == 0 && raw[found] is not Vertex));
        return new Bottom(CueErrorCode.Incomplete, $"error in call to {builtin.QualifiedName}: {message}", ErrorPositions.Primary(call.Position, isKnown && taken.Choices is null ? positionsOf(found) : []));
    }

    private static Bottom UnsuitedArgument(Builtin builtin, Value value, int index, IReadOnlyList<Position> positions) => new(
        CueErrorCode.Eval,
        FormattableString.Invariant($"cannot use {ValueText.Unsuited(value)} (type {value.Kind.Text()}) as {builtin.Parameter(index).Kind.Text()} in argument {index + 1} to {builtin.Text}"),
        positions)
    {
        IsComplete = true,
        HasNoPlace = value is Vertex,
    };

    private static Value Failed(Value result, Builtin builtin, CallExpr call)
    {
        if (result is not Bottom { IsBlocked: false } error || (error.Code == CueErrorCode.User && builtin.Package.Length == 0))
            return result;
        if (error.IsComplete)
            return error;
        if (error.IsDisjunction)
            error = error.InParts();
        return error.TellsEach ? error.Select(Wrap) : Wrap(error);

        Bottom Wrap(Bottom part) =>
            new(error.Code, $"error in call to {builtin.QualifiedName}: " + part.Text, ErrorPositions.Primary(call.Position, ErrorPositions.Sort(part.Positions))) { IsMissingField = part.IsMissingField, Reason = part.Reason };
    }

    private sealed class SameArgument : IEqualityComparer<Value>
    {
        public static SameArgument Instance { get; } = new();

        public bool Equals(Value? left, Value? right) =>
            left is Vertex mine && right is Vertex theirs ? ReferenceEquals(mine.Resolve(), theirs.Resolve())
                : ReferenceEquals(left, right) || (left is Constant constant && right is Constant other && constant.SameAs(other));

        public int GetHashCode(Value value) => (int)value.Kind;
    }
}
