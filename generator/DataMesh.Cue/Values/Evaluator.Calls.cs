using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>Calls of builtin functions.</content>
internal sealed partial class Evaluator
{
    private static Bottom NoFunction(CallExpr call, CueErrorCode code, string what, string kind) =>
        new(code, $"cannot call {what} {ExprText.Of(call.Function)}{kind}", ErrorPositions.Primary(call.Position, [call.Function.Position]));

    /// <summary>How often a call may ask for itself in the same struct: arguments that only grow end with it.</summary>
    private const int MaxNested = 2;

    private Value EvaluateCall(CallExpr call, Env env, Frame frame)
    {
        if (FindFunction(call, env, frame, out var builtin) is { } noFunction)
            return noFunction;
        var application = new Application(call, builtin);
        if (builtin.IsLazy && application.WrongCount() is null)
            return Failed(builtin.Invoke(new CallContext(this, builtin, [], frame.Vertex, call.Position) { Expressions = call.Arguments, Environment = env }), builtin, call);
        var isConstraint = !frame.Vertex.IsInline && ReferenceEquals(_task?.Conjunct.Expr, call);
        if (isConstraint && IsEndless(frame.Vertex, call, builtin))
            return StructuralCycle(frame.Vertex);
        application.Raw = [.. call.Arguments.Select(each => Ask(each, env, frame, isConstraint ? builtin : null))];
        if (builtin.OnlyCounts && application.Raw is [Vertex { UnaskedCount: { } length }])
            return NumberConstant.Int(length);
        if (CircleOf(application, frame) is { } circle)
            return circle;
        if (_determining.Count(each => ReferenceEquals(each.Call, call) && ReferenceEquals(each.Env, env)) > MaxNested)
            return Failed(new Bottom(CueErrorCode.Structural, "structural cycle"), builtin, call);
        _determining.Add((call, env));
        Settle(application, frame, isConstraint);
        _determining.RemoveAt(_determining.Count - 1);
        if (Unusable(application) is { } unusable)
            return unusable;
        if (application.WrongCount() is { } wrong)
            return wrong;
        if (builtin.IsValidatorOnly && application.Count == builtin.Parameters.Count)
            return Failed(new Bottom(CueErrorCode.Eval, $"{builtin.Name} is a validator and should not be used as a function"), builtin, call);
        // The arguments of a validator are checked with the value that it is applied to.
        return application.IsValidator
            ? new ValidatorValue(builtin, [.. application.Arguments.Select((each, i) => application.IsSchema(i) && application.Raw[i] is Vertex written ? written : each)], call.Position) { Written = application.Written() }
            : Apply(application, frame);
    }

    /// <summary>The builtin that is called; the error if it is none.</summary>
    private Bottom? FindFunction(CallExpr call, Env env, Frame frame, out Builtin builtin)
    {
        builtin = null!;
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
        switch (function)
        {
            case FunctionValue { Builtin: { } known }:
                builtin = known;
                return null;
            case ValidatorValue { Position.IsValid: true }:
                return NoFunction(call, CueErrorCode.Eval, "previously called validator", "");
            case ValidatorValue validator:
                builtin = validator.Builtin;
                return null;
            default:
                return NoFunction(call, (function.Kind & CueKind.Func) != 0 ? CueErrorCode.Incomplete : CueErrorCode.Eval, "non-function", $" (type {function.Kind.Text()})");
        }
    }

    /// <summary>What is wrong where an argument is what the call itself helps to determine.</summary>
    private Bottom? CircleOf(Application application, Frame frame)
    {
        var (call, builtin, raw) = (application.Call, application.Builtin, application.Raw);
        if ((application.IsOfPackage || !builtin.Parameter(0).AllowsNonConcrete) && !(application.IsValidator && frame.Vertex.IsOperand) && raw.Select(each => NeedsCall(each, frame, builtin, call)).FirstOrDefault(static each => each is not null) is { } needed)
        {
            // What is wrong for good with another argument is wrong in any case.
            return raw.Find(static each => each is Bottom { IsIncomplete: false }) as Bottom ?? (frame.Vertex.IsOperand ? application.WrongCount() ?? needed : needed);
        }

        if (raw.Exists(each => each is Vertex { IsFinal: true } other && ReferenceEquals(other.Resolve().State?.VoidCall, call)))
            return new Bottom(CueErrorCode.Incomplete, "cycle error") { HasNoPath = true };
        if (raw.Exists(each => IsChoiceOfItself(each, frame, call)))
            return new Bottom(CueErrorCode.Incomplete, "cycle error") { HasNoPath = true, IsChoice = true };
        return null;
    }

    /// <summary>Determines the arguments as far as the function needs them.</summary>
    private void Settle(Application application, Frame frame, bool isConstraint)
    {
        var (call, builtin, raw, arguments) = (application.Call, application.Builtin, application.Raw, application.Arguments);
        // What is wrong within a list that was known before is told there alone.
        application.WereKnown = raw.ConvertAll(static each => each is Vertex { IsDetached: false, IsFinal: true });
        for (var i = 0; i < application.Count; i++)
        {
            var asks = isConstraint && !(builtin.OnlyCounts && IsList(raw[i])) && BeginAsking(call.Arguments[i], frame.Vertex, builtin);
            arguments.Add(Argument(
                application.IsOfPackage && application.Parameter(i).Kind != CueKind.List ? UnificationValue.Unify(raw[i]) : raw[i],
                application.TakesDisjunction(i) && !(builtin.TakesDisjunction && Settle(raw[i]) is DisjunctionValue { DefaultCount: 1 }),
                application.IsOfPackage && !application.IsValidator ? new Caller(frame.Vertex, call.Position) : null));
            if (asks)
                _asking.RemoveAt(_asking.Count - 1);
        }

        for (var i = 0; i < application.Count; i++)
        {
            // What is being determined may be anything as yet; schemas are asked for when they are tried.
            if (arguments[i] is Bottom { Code: CueErrorCode.Cycle } && raw[i] is Vertex { IsFinal: false } asked)
            {
                if (builtin.IsValidatorOnly)
                    arguments[i] = asked;
                else if (!ReferenceEquals(asked.Resolve(), _task?.AskedInCircle) && (!application.Parameter(i).AllowsNonConcrete || ReferenceEquals(asked.Resolve(), frame.Vertex.Origin ?? frame.Vertex)))
                    arguments[i] = TypeValue.Top;
            }

            // A schema whose fields are not all known is one still.
            if (builtin.IsValidatorOnly && arguments[i] is Bottom { IsIncomplete: true } && raw[i] is Vertex { IsOperand: true } schema && (IsStructure(schema) || schema.Conjuncts is [{ Expr: StructExpr }]))
                arguments[i] = schema;
            if (arguments[i] is Bottom lacking && IsIdle(lacking) && (application.Parameter(i).Kind & CueKind.Struct) == 0)
                arguments[i] = OfKind(raw[i], arguments[i]);
        }

        // A disjunction that the call is a constraint of is the choice that is tried.
        if (frame.Vertex.Origin is { } whole)
            application.Raw = raw.ConvertAll(each => each is Vertex asked && ReferenceEquals(asked.Resolve(), whole) ? frame.Vertex : each);
    }

    /// <summary>What the call is because of an argument that is no value: that argument's error.</summary>
    private Value? Unusable(Application application)
    {
        var arguments = application.Arguments;
        if (arguments.Find(static each => each is Bottom { IsBlocked: true }) is { } blocked)
            return blocked;
        if (arguments.Find(static each => each is Bottom { IsLost: true }) is { } lost)
            return lost;
        if (arguments.OfType<Bottom>().Where(static each => !each.IsIncomplete).ToList() is { Count: > 0 } errors)
            return errors.Aggregate(Bottom.Join);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is DisjunctionValue disjunction && !application.TakesDisjunction(i))
                return Unresolved(disjunction, application.Call);
        }

        if (arguments.Find(static each => each is Bottom) is not Bottom incomplete)
            return null;
        // What a list in the call lacks is told of the call by a function that tries each of its elements.
        return application.Builtin.TakesDisjunction && _final && application.Raw.Exists(static each => each is Vertex { IsOperand: true })
            ? incomplete.Select(each => (Bottom)Failed(each, application.Builtin, application.Call))
            : incomplete;
    }

    /// <summary>Calls the function.</summary>
    private Value Apply(Application application, Frame frame)
    {
        var (call, builtin, arguments) = (application.Call, application.Builtin, application.Arguments);
        var written = application.Written();
        if (ArgumentError(application, written) is { } unsuited)
            return unsuited;
        if (application.IsOfPackage && arguments.Select(EndlessWithin).FirstOrDefault(static each => each is not null) is { } endless)
            return Failed(endless, builtin, call);
        if (application.IsOfPackage && WrongElement(builtin, call, application.WereKnown, arguments) is { } failed)
            return failed;
        // A call that needs what it is asked for again, of the same values, has no end.
        if (_calls.Exists(each => ReferenceEquals(each.Call, call) && each.Arguments.SequenceEqual(arguments, SameArgument.Instance)))
            return Failed(new Bottom(CueErrorCode.Structural, "structural cycle"), builtin, call);
        _calls.Add((call, arguments));
        var result = builtin.Invoke(new CallContext(this, builtin, arguments, frame.Vertex, call.Position) { Written = written });
        _calls.RemoveAt(_calls.Count - 1);
        return Failed(result, builtin, call);
    }

    /// <summary>
    /// An argument of the wrong type, else one that is not concrete: the last one of a function of a package, of another a
    /// reference to one if there is any.
    /// </summary>
    private static Bottom? ArgumentError(Application application, IReadOnlyList<WrittenArgument> written)
    {
        var (call, builtin, raw, arguments) = (application.Call, application.Builtin, application.Raw, application.Arguments);
        var found = -1;
        for (var i = 0; i < arguments.Count; i++)
        {
            var parameter = builtin.Parameter(i);
            if ((arguments[i].Kind & parameter.Kind) == 0)
                return UnsuitedArgument(builtin, arguments[i], i, written[i].Positions);
            if (parameter.Choices is { } choices && arguments[i] is StringConstant chosen && !choices.Contains(chosen.Value))
                return new Bottom(CueErrorCode.Eval, FormattableString.Invariant($"cannot use {ValueText.Describe(chosen)} as {choices.Text} in argument {i + 1} to {builtin.Text}"), written[i].Positions) { IsComplete = true };
            if (!parameter.AllowsNonConcrete && !IsConcrete(arguments[i]) && (found < 0 || builtin.Package.Length > 0 || raw[i] is Vertex))
                found = i;
        }

        if (found < 0)
            return null;
        var text = ValueText.Describe(arguments[found]);
        if (builtin.Package.Length == 0 && builtin.Parameter(found).Kind is CueKind.List or CueKind.Int)
            return new Bottom(CueErrorCode.Incomplete, $"{(builtin.Parameter(found).Kind == CueKind.List ? "incomplete list" : $"incomplete number in argument to {builtin.Name} builtin")}: {text}", written[found].Positions);
        var taken = builtin.Parameter(found);
        var isAny = builtin.Package.Length > 0 && taken.Kind == CueKind.Top;
        var message = builtin.Package.Length == 0 ? $"incomplete argument {text} (type {arguments[found].Kind.Text()})"
            : isAny ? FormattableString.Invariant($"non-concrete argument {found}")
            : taken.IsWhole ? FormattableString.Invariant($"non-concrete {taken.Kind.Text()} for argument {found}")
            : $"non-concrete value {arguments[found].Kind.Text()}";
        var isKnown = !isAny && (arguments[found].Kind != CueKind.Top || (builtin.Package.Length == 0 && raw[found] is not Vertex));
        return new Bottom(CueErrorCode.Incomplete, $"error in call to {builtin.QualifiedName}: {message}", ErrorPositions.Primary(call.Position, isKnown && taken.Choices is null ? written[found].Positions : []));
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
            new(error.Code, $"error in call to {builtin.QualifiedName}: " + part.Text, ErrorPositions.Primary(call.Position, ErrorPositions.Sort(part.Positions))) { IsMissingField = part.IsMissingField, Reason = part.Reason, Cause = new Cause(part, HasPath: false) };
    }

    /// <summary>A call of a builtin that is being evaluated.</summary>
    private sealed class Application(CallExpr call, Builtin builtin)
    {
        public CallExpr Call { get; } = call;

        public Builtin Builtin { get; } = builtin;

        /// <summary>Whether the call is a constraint of the value that it is unified with.</summary>
        public bool IsValidator { get; } = builtin.IsValidatorOnly || (builtin.CanValidate && !builtin.HasOptional && call.Arguments.Count == builtin.MinimumArguments - 1);

        public bool IsOfPackage => Builtin.Package.Length > 0;

        public int Count => Call.Arguments.Count;

        /// <summary>What the arguments are evaluated to: a vertex for a field, a struct or a list.</summary>
        public List<Value> Raw { get; set; } = [];

        /// <summary>What the function is given, defaults taken.</summary>
        public List<Value> Arguments { get; } = new(call.Arguments.Count);

        /// <summary>Which of the arguments are fields that were known before the call asked for them.</summary>
        public List<bool> WereKnown { get; set; } = [];

        /// <summary>The parameter of an argument; the value that a validator is unified with is the first one's.</summary>
        public BuiltinParameter Parameter(int index) => Builtin.Parameter(index + (IsValidator && !Builtin.IsValidatorOnly ? 1 : 0));

        public bool IsSchema(int index) => Builtin.HasSchema && Parameter(index).IsSchema;

        public bool TakesDisjunction(int index) => Builtin.TakesDisjunction || (Parameter(index) is { AllowsNonConcrete: true, Kind: CueKind.Top } parameter && (parameter.IsSchema || Builtin.Package.Length == 0));

        public Bottom? WrongCount()
        {
            if (Count > Builtin.Parameters.Count && !Builtin.IsVariadic)
                return new Bottom(CueErrorCode.Eval, $"too many arguments in call to {Builtin.Text} (have {Count}, want {Builtin.Parameters.Count})", [Call.Position]);
            return Count < Builtin.MinimumArguments - (IsValidator ? 1 : 0)
                ? new Bottom(CueErrorCode.Eval, $"not enough arguments in call to {Builtin.Text} (have {Count}, want {Builtin.Parameters.Count})", [Call.Position])
                : null;
        }

        /// <summary>The arguments as they are written.</summary>
        public IReadOnlyList<WrittenArgument> Written()
        {
            var result = new List<WrittenArgument>(Count);
            for (var i = 0; i < Count; i++)
            {
                var (value, expr) = (Raw[i], Call.Arguments[i]);
                result.Add(new WrittenArgument(value, expr)
                {
                    Told = !IsValidator || IsSchema(i) || Arguments[i] is Vertex ? []
                        : Places(static known => known.IsInline && ErrorPositions.OfValue(known).Count == 0 ? ErrorPositions.OfConjuncts(known) : ErrorPositions.OfValue(known)),
                    Schema = !IsSchema(i) ? []
                        : Places(schema => !IsValidator && schema.Resolve().Base is Constant ? ErrorPositions.OfValue(schema) : ErrorPositions.OfConjuncts(schema)),
                });

                IReadOnlyList<Position> Places(Func<Vertex, IReadOnlyList<Position>> ofReference) =>
                    value is Vertex referred ? ofReference(referred) : ErrorPositions.OfOperand(value, expr);
            }

            return result;
        }
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
