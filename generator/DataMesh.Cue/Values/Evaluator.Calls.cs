using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>Calls of builtin functions.</summary>
internal sealed partial class Evaluator
{
    private Value EvaluateCall(CallExpr call, Env env, Frame frame)
    {
        var function = Settle(Evaluate(call.Function, env, frame));
        if (function is Bottom)
            return function;
        if (function is not FunctionValue { Builtin: { } builtin })
        {
            if (function is ValidatorValue { Arguments.Count: 0 } validator)
                builtin = validator.Builtin;
            else
                return new Bottom((function.Kind & CueKind.Func) != 0 ? CueErrorCode.Incomplete : CueErrorCode.Eval, $"cannot call non-function {ValueText.Source(call.Function)} (type {function.Kind.Text()})", [call.Function.Position]);
        }

        var count = call.Arguments.Count;
        if (count > builtin.Parameters.Count && !builtin.IsVariadic)
            return new Bottom(CueErrorCode.Eval, $"too many arguments in call to {ValueText.Source(call.Function)} (have {count}, want {builtin.Parameters.Count})", [call.Position]);
        var isValidator = builtin.IsValidatorOnly || (builtin.CanValidate && count == builtin.MinimumArguments - 1);
        if (builtin.IsLazy)
            return Failed(builtin.Invoke(new CallContext(this, builtin, [], frame.Vertex, call.Position) { Expressions = call.Arguments, Environment = env }), builtin, call);
        if (count < builtin.MinimumArguments && !isValidator)
            return new Bottom(CueErrorCode.Eval, $"not enough arguments in call to {builtin.QualifiedName} (have {count}, want {builtin.MinimumArguments})", [call.Position]);
        var offset = isValidator && !builtin.IsValidatorOnly ? 1 : 0;
        var arguments = new List<Value>(count);
        for (var i = 0; i < count; i++)
        {
            var argument = EvaluateArgument(call, builtin, i, offset, isValidator, env, frame);
            if (argument is Bottom)
                return argument;
            arguments.Add(argument);
        }

        if (isValidator)
        {
            var literals = call.Arguments.Where((each, i) => !IsReference(each) && arguments[i] is not Vertex).Select(static each => each.Position);
            return new ValidatorValue(builtin, arguments, call.Position) { ArgumentPositions = [.. literals] };
        }

        return Failed(builtin.Invoke(new CallContext(this, builtin, arguments, frame.Vertex, call.Position) { ArgumentPositions = [.. call.Arguments.Select(static each => each.Position)] }), builtin, call);
    }

    private Value EvaluateArgument(CallExpr call, Builtin builtin, int index, int offset, bool isValidator, Env env, Frame frame)
    {
        var expr = call.Arguments[index];
        var parameter = builtin.Parameters[Math.Min(index + offset, builtin.Parameters.Count - 1)];
        var raw = Evaluate(expr, env, frame);
        var value = parameter.AllowsNonConcrete ? Settle(raw) : Concrete(raw);
        if (value is Bottom error)
            return error;
        // A validator's arguments are checked with the value that it is applied to.
        if ((value.Kind & parameter.Kind) == 0)
            return isValidator ? value : UnsuitedArgument(builtin, value, index, expr.Position);
        if (parameter.AllowsNonConcrete || value is Constant || (value is Vertex && value.Kind is CueKind.List or CueKind.Struct))
            return value;
        return new Bottom(CueErrorCode.Incomplete, $"error in call to {builtin.QualifiedName}: {(builtin.Package.Length == 0 && builtin.Name == "len" ? $"incomplete argument {ValueText.Describe(value)} (type {value.Kind.Text()})" : "non-concrete value " + ValueText.Describe(value))}", ErrorPositions.Primary(call.Position, raw is Vertex ? ErrorPositions.OfValue(raw) : [expr.Position]));
    }

    private static Bottom UnsuitedArgument(Builtin builtin, Value value, int index, Position position) => new(
        CueErrorCode.Eval,
        FormattableString.Invariant($"cannot use {ValueText.Describe(value)} (type {value.Kind.Text()}) as {builtin.Parameters[Math.Min(index, builtin.Parameters.Count - 1)].Kind.Text()} in argument {index + 1} to {builtin.QualifiedName}"),
        [position])
    {
        IsComplete = true,
    };

    private static Value Failed(Value result, Builtin builtin, CallExpr call)
    {
        if (result is not Bottom { IsBlocked: false } error || error.Code == CueErrorCode.User)
            return result;
        if (error.IsComplete)
            return error;
        return new Bottom(error.Code, $"error in call to {builtin.QualifiedName}: {error.Message}", ErrorPositions.Primary(call.Position, ErrorPositions.Sort(error.Positions))) { IsMissingField = error.IsMissingField };
    }
}
