using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>Whether something is an error: what is asked while all is not known, and asked again when it is.</content>
internal sealed partial class Evaluator
{
    private static bool IsBottomTest(BinaryExpr binary) =>
        binary.Operator is TokenKind.Equal or TokenKind.NotEqual && (binary.Left is BottomExpr || binary.Right is BottomExpr);

    /// <summary><c>x == _|_</c>: whether there is an error.</summary>
    private Value EvaluateBottomTest(BinaryExpr equality, Env? env, Frame frame)
    {
        var operand = equality.Left is BottomExpr ? equality.Right : equality.Left;
        var isEqual = equality.Operator == TokenKind.Equal;
        if (operand is BottomExpr)
            return BoolConstant.Of(isEqual);
        var isTest = _isTest;
        _isTest = true;
        var value = Evaluate(operand, env, frame);
        _isTest = isTest;
        value = UnificationValue.Unify(value);
        if (value is Bottom { IsLost: true })
            return value;
        if (value is Vertex asked && asked.Resolve().Status != VertexStatus.Final && IsCircular(asked, operand) is { } circular)
            return circular is BoolConstant isWrong ? BoolConstant.Of(isWrong.Value == isEqual) : circular;
        if (value is Vertex name && IsOtherName(name) && IsWithinChoiceOf(name.Resolve()))
            return Demand(name);
        // A disjunct may ask for the disjunction that it is in, which is none as long as it is not determined.
        if (_final && value is Vertex choice && choice.Resolve() is { Status: VertexStatus.Finalizing, Base: null, State.Disjunctions.Count: > 0 })
            return BoolConstant.Of(!isEqual);
        // What else is said of an atom may be wrong.
        if (value is Vertex { State.Scalar: not null } atom && atom.Resolve() is { Status: VertexStatus.Partial, State.Tasks.Count: > 0 } unsettled && !IsBusy(unsettled) && !ReferenceEquals(unsettled, _running))
        {
            if (!_final)
                return Blocked;
            if (IsSettledAbove(unsettled))
                Finalize(unsettled);
        }

        var settled = Settle(value);
        if (settled is Bottom { IsBlocked: true } or Bottom { IsUndecided: true })
            return settled;
        if (settled is Bottom { IsIncomplete: true } incomplete && !_final)
            return incomplete;
        // A value of which a call is all that is said, and that needs itself, may be anything.
        if (value is Vertex { IsFinal: true } open && open.Resolve() is { State.VoidCall: not null } undetermined && ReferenceEquals(undetermined.Circle, undetermined))
        {
            undetermined.Base = TypeValue.Top;
            return BoolConstant.Of(!isEqual);
        }

        // Values that need each other in a circle are not known to be errors.
        if (settled is Bottom { Code: CueErrorCode.Cycle } && value is Vertex { IsFinal: true })
            return settled;
        if (settled is Bottom { IsIncomplete: true, Code: not CueErrorCode.Cycle })
            Ask(new OpenQuestion(operand, env, frame));
        // A field that asks whether it is an error itself is none so far.
        var isBottom = settled is Bottom { Code: not CueErrorCode.Cycle } || IsIncompleteScalar(settled) || (value is Vertex vertex && HasError(vertex));
        return BoolConstant.Of(isBottom == isEqual);
    }

    /// <summary>Whether a value is wrong that what asks is a part of, or that waits for the answer; null if it is no such value.</summary>
    private Value? IsCircular(Vertex asked, Expr operand)
    {
        // What is another field has no end if that is around it.
        if (asked.Shared is not null && _task is not { Kind: TaskKind.Comprehension })
            return null;
        var target = Reach(asked);
        // A constraint that asks for the value that it is one of asks for what the others say.
        if (ReferenceEquals(target, _running?.Origin ?? _running) && _task is { Kind: TaskKind.Expression })
            return null;
        if ((asked.Shared is not null && _task is not { Kind: TaskKind.Comprehension }) || target.State is not { Error: null or { IsIncomplete: true } } state)
            return null;
        if (_final)
        {
            if (!IsBusy(target) && !IsSettledAbove(target))
                SettleAbove(target);
            if ((state.Kind & CueKind.Struct) != 0 && Incompletable(target, operand.Position) is not null)
                return BoolConstant.Of(false);
        }

        var isAround = _running is not null && !ReferenceEquals(target, _running) && target.IsAncestorOrSelfOf(_running);
        if ((!isAround && target.Status != VertexStatus.Finalizing) || (!state.IsStruct && state.Lists.Count == 0))
            return null;
        if (!_final && target.Base is null)
            return Blocked;
        Ask(new OpenQuestion(operand, null, null) { IsCircular = true });
        return BoolConstant.Of(true);
    }

    /// <summary>Remembers a question that may have another answer once all is known. What a clause asks behind one that binds a name is asked once.</summary>
    private void Ask(OpenQuestion question)
    {
        if (_running is null || _task is null || _isBound)
            return;
        var owner = _task.Kind == TaskKind.Expression ? _running.Parent : _running;
        if (owner is { Status: not VertexStatus.Final })
            (owner.Questions ??= []).Add(question);
    }

    /// <summary>Asks again what was asked too early: a value that depends on an answer that is another one now is not known.</summary>
    private void AskAgain(Vertex vertex)
    {
        if (vertex.Questions is not { } questions)
            return;
        vertex.Questions = null;
        var final = _final;
        _final = true;
        for (var i = 0; i < questions.Count && vertex.Base is not Bottom { IsIncomplete: false } && vertex.ChildError is null; i++)
        {
            var question = questions[i];
            if (!question.IsCircular && Settle(Evaluate(question.Operand, question.Env, question.Frame!.Value)) is Bottom)
                continue;
            var changed = new Bottom(
                CueErrorCode.Cycle,
                $"circular dependency in evaluation of conditionals: {ExprText.Of(question.Operand)} changed after evaluation",
                [question.Operand.Position])
            { At = vertex };
            vertex.Base = Bottom.Combine(vertex.Base as Bottom, changed);
        }

        _final = final;
    }

    /// <summary>What has to become an atom but is none yet counts as an error.</summary>
    private static bool IsIncompleteScalar(Value value)
    {
        if (value is DisjunctionValue { DefaultCount: 1 } choice)
            value = choice.Values[0];
        return value is TypeValue or BoundValue or ValidatorValue or ConjunctionValue && (value.Kind & (CueKind.Struct | CueKind.List)) == 0;
    }

    private bool HasError(Vertex vertex)
    {
        vertex = vertex.Resolve();
        if (vertex.Base is ContainerValue && vertex.Status == VertexStatus.Partial)
            Finalize(vertex);
        CircularPart(vertex);
        return vertex.Base is Bottom || vertex.ChildError is { IsIncomplete: false };
    }

    /// <summary>A question whose answer has to be the same at the end.</summary>
    internal sealed class OpenQuestion(Expr operand, Env? env, Frame? frame)
    {
        public Expr Operand { get; } = operand;

        public Env? Env { get; } = env;

        public Frame? Frame { get; } = frame;

        /// <summary>Whether what is asked about depends on the answer: it is another one afterwards in any case.</summary>
        public bool IsCircular { get; init; }
    }
}
