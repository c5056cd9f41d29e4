using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>Predeclared functions that belong to experiments: what they do with their argument, they do with its text.</summary>
internal sealed partial class Binder
{
    private const string CloseAll = "__closeAll";
    private const string Reclose = "__reclose";
    private const string TestExperiment = "__test_experiment";

    private const string NeedsTry = "requires the try experiment (language version v0.16.0 or later)";

    private Expr BindCall(CallExpression call)
    {
        var function = Bind(call.Function);
        var arguments = call.Arguments.Select(Bind).ToList();
        if (arguments.Count != 1 || function is not PredeclaredExpr predeclared)
            return new CallExpr(call, function, arguments);
        switch (predeclared.Name)
        {
            case CloseAll or Reclose:
                var isReclose = predeclared.Name == Reclose;
                var argument = WithoutParentheses(call.Arguments[0]);
                if (argument is not (StructLiteral or ListLiteral) && !(isReclose && argument is CallExpression { Function: Identifier { Name: "close" } }))
                    return Mistake($"argument must be a struct or list literal{(isReclose && argument is CallExpression ? ", or a close() call" : "")}");
                if (!_experiments.Contains(Experiments.ExplicitOpen))
                    return Mistake($"{predeclared.Name} may only be used when explicitopen is enabled");
                return new CloseExpr(call, function, arguments[0], isReclose);
            case TestExperiment:
                return _experiments.Contains(Experiments.Testing)
                    ? arguments[0]
                    : new ErrorExpr(call, "error in call to testExperiment: testing experiment disabled") { IsValue = true };
            default:
                return new CallExpr(call, function, arguments);
        }

        ErrorExpr Mistake(string message) => new(call, $"error in call to {predeclared.Name}: {message}") { IsValue = true };
    }
}
