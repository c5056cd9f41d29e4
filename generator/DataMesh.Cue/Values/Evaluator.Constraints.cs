using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>Kinds, bounds and validators of a vertex, and what is wrong where they do not hold.</content>
internal sealed partial class Evaluator
{
    /// <summary>Adds an atom, a type, a bound, a validator or "is a struct" to the constraints.</summary>
    private void AddBase(Vertex vertex, Located located)
    {
        var state = vertex.State!;
        var value = located.Value;
        if (value is ConjunctionValue conjunction)
        {
            // The bounds of a predeclared type are written nowhere.
            for (var i = 0; i < conjunction.Values.Count; i++)
            {
                var each = conjunction.Values[i];
                var position = conjunction.Name is not null && each is BoundValue ? default : i < conjunction.Positions.Count ? conjunction.Positions[i] : located.Position;
                AddBase(vertex, new Located(each, position, located.Info) { Whole = conjunction });
            }

            return;
        }

        if (value.Kind == CueKind.Top && value is TypeValue)
        {
            state.HasTop = true;
            return;
        }

        located.Task = ReferenceEquals(_running, vertex) ? _task : null;
        state.AddKind(located);
        var kind = state.Kind & value.Kind;
        var narrowest = state.Narrowest;
        if (kind != state.Kind || narrowest is null)
            state.Narrowest = located;
        state.Kind = kind;
        if (value is BoundValue or ValidatorValue)
        {
            state.AddCheck(located);
            if (kind == CueKind.Bottom)
                FailKinds(vertex, narrowest!, located);
            state.LastInfo = located.Info;
            return;
        }

        if (kind == CueKind.Bottom)
            FailKinds(vertex, narrowest!, located);
        if (state.HasKindConflict)
            return;
        state.DeclaredKind &= value.Kind;
        state.LastInfo = located.Info;
        switch (value)
        {
            case Constant constant:
                if (state.Scalar is not { } existing)
                    state.Scalar = located;
                else if (!constant.SameAs((Constant)existing.Value))
                    AddError(vertex, new Bottom(CueErrorCode.Eval, $"conflicting values {ValueText.Describe(constant)} and {ValueText.Describe(existing.Value)}", ErrorPositions.Of(existing, located)) { At = vertex, HasNoPlace = true, IsConflict = true, Reason = CueErrorReason.ConflictingConstants });
                break;
            case ContainerValue container:
                if (container.Kind == CueKind.Struct)
                    state.IsStruct = true;
                break;
            case FunctionValue function:
                state.Function = function;
                break;
        }
    }

    /// <summary>Says that constraints are for kinds that have nothing in common.</summary>
    private void FailKinds(Vertex vertex, Located first, Located second)
    {
        var state = vertex.State!;
        if (state.HasKindConflict)
            return;
        state.HasKindConflict = true;
        // The first conjunct of the kind is the one told, the references are those of the last.
        var isOvertaken = second.Task is not null && ReferenceEquals(second.Task, state.Overtaking) && ReferenceEquals(first.Task, state.Sharing);
        // A list that a schema is tried on is told last, a struct first.
        isOvertaken |= first.Info.Tried is { Kind: CueKind.List } && second.Info.Tried is null;
        var (told, other) = isOvertaken || (vertex.Origin is null && StandsBefore(second, first)) ? (second, first) : (first, second);
        var message = $"conflicting values {Text(told)} and {Text(other)} (mismatched types {told.Value.Kind.Text()} and {other.Value.Kind.Text()})";
        var info = state.LastInfo ?? first.Info;
        AddError(vertex, new Bottom(CueErrorCode.Eval, message, ErrorPositions.Of(new Located(first.Value, first.Position, info) { Whole = first.Whole }, second)) { HasNoPlace = true, Reason = CueErrorReason.Conflict });

        // What a literal embeds before its first field comes before the literal, unless it is one of several choices.
        static bool StandsBefore(Located embedded, Located whole)
        {
            if (embedded.Task is not null || embedded.Info.Trace is not { } trace || whole.Literal is not StructExpr { HasEmbeddings: true } literal)
                return false;
            foreach (var declaration in literal.Declarations)
            {
                if (MakesStruct(declaration))
                    return false;
                if (declaration is EmbedDecl embedding && embedding.Value.Position == trace.Position)
                    return true;
            }

            return false;
        }

        static string Text(Located located) => located.Info.Tried is { } tried ? ValueText.Describe(tried) : located.Literal is { } literal ? ExprText.Of(literal) : ValueText.Operand(located.Whole ?? located.Value);
    }

    /// <summary>Checks a value against all bounds and validators; null when they hold. What is out of bound, wrong for another reason or lacks something is not validated.</summary>
    private Bottom? Validate(Vertex vertex, Value value)
    {
        if (vertex.State!.Checks.Count == 0)
            return null;
        var told = new List<Bottom>();
        var isInvalid = vertex.State.Error is not null;
        foreach (var check in Bounds.InOrder(vertex.State.Checks))
        {
            Bottom? failed;
            if (check.Value is BoundValue bound)
            {
                if (value is Vertex && bound.Operand is not Vertex)
                    continue;
                failed = value is Vertex container ? CheckBound(vertex, container, check)
                    : Regexes.Invalid(this, bound, check.Position) is { } invalid ? invalid
                    : Bounds.Check(this, bound, value) || Bounds.IsImplied(this, check, vertex.State.Checks) ? null : OutOfBound(vertex, value, check);
                isInvalid |= failed is not null;
            }
            else
            {
                failed = !isInvalid ? ValidateCall(vertex, value, check) : vertex.State.Error is { IsIncomplete: true } ? Misfit(Context(vertex, value, check)) : null;
            }

            // Of several validators that try schemas the last one tells what is wrong with them.
            if (check.Value is ValidatorValue { Builtin.IsValidatorOnly: true } && told.FindLastIndex(static each => each.Errors.Count > 0) is >= 0 and var i)
                told[i] = told[i].Errors[0];
            if (failed is null)
                continue;
            failed.At ??= vertex;
            told.Add(failed);
        }

        return told.Aggregate(default(Bottom), Bottom.Combine);
    }

    private static Bottom OutOfBound(Vertex vertex, Value value, Located check)
    {
        var isOrder = check.Value is BoundValue { Operator: TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual };
        var positions = ErrorPositions.Primary(check.Position, ErrorPositions.Sort(
        [
            .. vertex.State!.Scalar is { } scalar ? [scalar.Position] : Array.Empty<Position>(),
            .. isOrder ? [] : ErrorPositions.OfField(vertex),
        ]));
        return new Bottom(CueErrorCode.Eval, $"invalid value {ValueText.Describe(value)} (out of bound {ValueText.Describe(check.Value)})", positions) { At = vertex, HasNoPlace = !check.Position.IsValid, Reason = CueErrorReason.OutOfBound };
    }

    private CallContext Context(Vertex vertex, Value value, Located check)
    {
        var validator = (ValidatorValue)check.Value;
        return new CallContext(this, validator.Builtin, [value, .. validator.Arguments], vertex, check.Position) { IsValidator = true, Written = validator.Written };
    }

    /// <summary>What is wrong with an argument of any of the validators of a value that lacks something.</summary>
    private Bottom? MisfitOf(Vertex vertex)
    {
        foreach (var check in vertex.State!.Checks)
        {
            if (check.Value is ValidatorValue && Misfit(Context(vertex, vertex, check)) is { } misfit)
                return misfit;
        }

        return null;
    }

    /// <summary>What is wrong with an argument of a validator, whatever the value is.</summary>
    private static Bottom? Misfit(CallContext context)
    {
        for (var i = 1; i < context.Arguments.Count; i++)
        {
            var index = context.Builtin.IsValidatorOnly ? i - 1 : i;
            if (context.Builtin.Parameter(index).Kind is var wanted and not CueKind.Top && (context.Arguments[i].Kind & wanted) == 0)
                return UnsuitedArgument(context.Builtin, context.Arguments[i], index, context.Written[i - 1].Positions);
        }

        return context.Builtin.Misfit?.Invoke(context);
    }

    private Bottom? ValidateCall(Vertex vertex, Value value, Located check)
    {
        var validator = (ValidatorValue)check.Value;
        var context = Context(vertex, value, check);
        if (Misfit(context) is { } misfit)
            return misfit;
        Bottom? unread = null;
        for (var i = 0; i < validator.Arguments.Count; i++)
        {
            var index = validator.Builtin.IsValidatorOnly ? i : i + 1;
            if (validator.Builtin.Parameter(index) is { Kind: CueKind.Top, AllowsNonConcrete: false } && !IsConcrete(validator.Arguments[i]))
                unread = new Bottom(CueErrorCode.Incomplete, FormattableString.Invariant($"non-concrete argument {index}"));
        }

        if (validator.Builtin.IsValidatorOnly && IsOptionalAgain(vertex, validator))
            return new Bottom(CueErrorCode.Structural, "structural cycle", [_validating[0].Call]) { At = vertex };
        var rounds = Rounds(validator, vertex, value);
        var isRequired = rounds == 0 && validator.Builtin.IsValidatorOnly && (value is Vertex || vertex.Label.Kind == LabelKind.Index) && IsRequiredAgain(vertex, validator);
        if (rounds > 0 && !validator.Builtin.IsValidatorOnly)
            return new Bottom(CueErrorCode.Structural, "structural cycle");
        _validating.Add((validator.Position, value, IsOfOptionalField(vertex)));
        var isAgain = isRequired || (value is Constant && validator.Builtin.IsValidatorOnly ? rounds > 0 && (rounds > MaxRoundsOfAtoms || IsTriedAgain()) : rounds > 1);
        var result = isAgain ? new Bottom(CueErrorCode.Structural, "structural cycle") : unread ?? validator.Builtin.Invoke(context);
        _validating.RemoveAt(_validating.Count - 1);
        var code = CueErrorCode.Eval;
        switch (result)
        {
            case BoolConstant { Value: true } or TypeValue:
                return null;
            case Bottom { Code: CueErrorCode.Incomplete or CueErrorCode.Cycle }:
                code = CueErrorCode.Incomplete;
                break;
            case Bottom { Code: CueErrorCode.User } hard:
                return hard;
            case Bottom { Code: CueErrorCode.Structural }:
                code = CueErrorCode.Structural;
                break;
        }

        var failed = result as Bottom;
        if (failed is { IsOfArgument: true })
            return failed;
        if (failed is { TellsEach: true })
            return failed.Select(Refused);
        var main = Refused(failed);
        return failed is { Errors.Count: > 0 }
            ? new Bottom(code, main.Text, main.Positions) { At = vertex, IsValidation = true, Operands = main.Operands, Errors = [main, .. failed.Errors] }
            : main;

        Bottom Refused(Bottom? reason)
        {
            var operands = ErrorPositions.Sort(
            [
                .. ErrorPositions.OfField(vertex),
                .. validator.Written.SelectMany(static argument => argument.Told),
                .. vertex.State!.Scalar is { } scalar ? [scalar.Position] : Array.Empty<Position>(),
                .. failed is { TellsEach: true } ? [] : validator.Written.SelectMany(static argument => argument.Schema),
                .. reason?.Positions ?? [],
            ]);
            var name = validator.Arguments.Count == 0 || validator.Builtin.HasSchema || code == CueErrorCode.Structural ? validator.Builtin.QualifiedName : ValueText.Qualified(validator);
            var message = reason is { IsComplete: true } ? reason.Text
                : $"invalid value {ValueText.Describe(value)} (does not satisfy {name})" + (reason is { Text.IsEmpty: false } ? ": " + reason.Text : "");
            return new Bottom(code, message, ErrorPositions.Primary(validator.Position, operands))
            {
                At = vertex,
                HasNoPlace = !validator.Position.IsValid,
                IsValidation = true,
                Cause = reason is { IsComplete: true } ? reason.Cause : null,
                Operands = reason is { IsComplete: true } ? null : operands,
            };
        }
    }

    /// <summary>How many schemas may be tried on an atom, each for the sake of the one before.</summary>
    private const int MaxRoundsOfAtoms = 4;

    /// <summary>Determines what a schema makes of a value that a call tries it on.</summary>
    public void FinalizeTried(Vertex result, CallContext call, int index)
    {
        _tried.Add((_validating.Count > 0 ? _validating[_validating.Count - 1].Call : call.Position, index, call.Arguments[0]));
        Finalize(result);
        _tried.RemoveAt(_tried.Count - 1);
    }

    /// <summary>Whether the schema that is being tried on an atom is tried for its own sake: each one may come round once.</summary>
    private bool IsTriedAgain()
    {
        if (_tried.Count == 0 || _tried[_tried.Count - 1] is not (var call, var index, Constant atom))
            return false;
        Step(_tried.Count);
        return _tried.FindIndex(0, _tried.Count - 1, each => each.Call == call && each.Index == index && each.Value is Constant other && other.SameAs(atom)) >= 0;
    }

    /// <summary>
    /// How often the same call is validating the same value already: schemas that ask for themselves get no further, but
    /// those that are tried on the value itself may come round once.
    /// </summary>
    private int Rounds(ValidatorValue validator, Vertex vertex, Value value)
    {
        var rounds = 0;
        foreach (var (call, validated, _) in _validating)
        {
            if (call != validator.Position || !call.IsValid)
                continue;
            Step();
            if (value is Constant constant ? validated is Constant other && constant.SameAs(other) : value is Vertex && validated is Vertex whole && (IsTrialOf(vertex, whole) || Equality.IsIdentical(value, validated)))
                rounds++;
        }

        return rounds;
    }

    /// <summary>Whether a vertex is what a schema, and maybe another one, makes of a value.</summary>
    private static bool IsTrialOf(Vertex vertex, Vertex value)
    {
        for (var candidate = vertex.Candidate; candidate is not null; candidate = candidate.Candidate)
        {
            if (ReferenceEquals(candidate.Resolve(), value.Resolve()))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether a schema that a call tries requires a field to which the same call applies: that has no end, whatever the
    /// data is. Elements may come round once, and what is within an optional field or matches a pattern ends with the data.
    /// </summary>
    private bool IsRequiredAgain(Vertex vertex, ValidatorValue validator)
    {
        var rounds = _validating.Count(each => each.Call == validator.Position && each.Call.IsValid);
        Step(_validating.Count);
        var schemas = SchemasOf(vertex);
        if (rounds == 0 || schemas.Count == 0 || !schemas.TrueForAll(conjunct => !MayBeAbsent(conjunct) && (conjunct.Field is not null || rounds > 1)))
            return false;
        for (var parent = vertex.Parent; parent is { Candidate: null }; parent = parent.Parent)
        {
            if (parent.Conjuncts.Exists(MayBeAbsent))
                return false;
        }

        return true;
    }

    /// <summary>How often a schema that a call tries may have the same call for an optional field or for what matches a pattern.</summary>
    private const int MaxOptionalRounds = 2;

    /// <summary>
    /// Whether the same call, by a reference, has come round by way of optional fields and patterns time and again: only tails
    /// of lists may do so as often as the data does.
    /// </summary>
    private bool IsOptionalAgain(Vertex vertex, ValidatorValue validator) =>
        IsOfOptionalField(vertex) && !SchemasOf(vertex).Exists(static conjunct => conjunct.Expr is CallExpr) && OptionalRounds(validator.Position) >= MaxOptionalRounds;

    /// <summary>Whether a schema that is referred to by the call of an optional field has led to that field time and again.</summary>
    public bool IsSchemaAgain(Vertex schema, CallContext call) =>
        (schema.Label.Kind != LabelKind.Index || SchemasOf(schema).Count > 0) && call.IsValidator && call.Vertex is { } vertex && IsOfOptionalField(vertex) && OptionalRounds(call.Position) > MaxOptionalRounds + 1;

    private int OptionalRounds(Position call) => _validating.Count(each => each.Call == call && each.IsOptional);

    private static bool IsOfOptionalField(Vertex vertex) =>
        vertex.Label.Kind == LabelKind.String && SchemasOf(vertex) is { Count: > 0 } schemas
        && schemas.TrueForAll(static conjunct => conjunct.Field is { } field ? field.Type == ArcType.Optional : conjunct.Info.IsPattern);

    private static List<Conjunct> SchemasOf(Vertex vertex) => vertex.Conjuncts.FindAll(static conjunct => conjunct.Expr is CallExpr || IsReference(conjunct.Expr));

    private static bool MayBeAbsent(Conjunct conjunct) => conjunct.Info.IsPattern || conjunct.Field?.Type == ArcType.Optional;

    /// <summary>The call that is validating a value, if that requires a field of the value which it would validate as well, without end.</summary>
    public Position ValidationOf(Vertex field)
    {
        var vertex = field.Resolve();
        if (vertex.State is not { } state || (vertex.Base is not (ValidatorValue or ConjunctionValue) && (field.Shared is not null || field.Conjuncts.Exists(static conjunct => conjunct.Info.Data is not null))))
            return default;
        foreach (var check in state.Checks)
        {
            Step();
            if (check.Value is ValidatorValue { Position: { IsValid: true } position } && _validating.Exists(each => each.Call == position))
                return position;
        }

        return default;
    }
}
