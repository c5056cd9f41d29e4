using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>Conjuncts: what each form of expression contributes to a vertex.</content>
internal sealed partial class Evaluator
{
    private void ProcessConjunct(Vertex vertex, Conjunct conjunct, OrderPlace place)
    {
        var expr = conjunct.Expr;
        var env = conjunct.Env;
        var info = conjunct.Info;
        var state = vertex.State!;
        if (!info.Recurs && !IsAppliedHere(vertex, info) && expr is not (BinaryExpr { Operator: TokenKind.And } or TopExpr or ValueExpr { Value: Vertex }) && !IsReference(expr))
            state.HasAcyclicConjunct = true;
        switch (expr)
        {
            case BinaryExpr { Operator: TokenKind.And } both:
                ProcessUnification(vertex, both, env, info, place);
                break;
            case StructExpr literal:
                ProcessStruct(vertex, literal, env, info, place);
                break;
            case StructBodyExpr body:
                state.Leaves.Add(new Leaf(conjunct, place));
                ProcessStructBody(vertex, body.Literal, env!, info, place);
                break;
            case ListExpr list:
                state.Leaves.Add(new Leaf(conjunct, place));
                AddBase(vertex, new Located(ContainerValue.List, list.Position, info) { Literal = list });
                Schedule(vertex, new EvaluationTask(TaskKind.List, conjunct, place));
                break;
            case DisjunctionExpr disjunction:
                AddDisjunction(state, disjunction, env, info, place);
                break;
            case ComprehensionExpr:
                Schedule(vertex, new EvaluationTask(TaskKind.Comprehension, conjunct, place) { Nesting = _nesting });
                break;
            case TopExpr:
                state.HasTop = true;
                state.LastInfo = info;
                state.Leaves.Add(new Leaf(conjunct, place));
                break;
            case ValueExpr value:
                AddValue(vertex, value.Value, value.Position, info, place);
                break;
            case NullExpr or BoolExpr or NumberExpr or StringExpr or BytesExpr or BottomExpr:
                AddValue(vertex, EvaluateConstant(expr), expr.Position, info, place);
                break;
            case CloseExpr close:
                var closing = new CloseScope(CloseScopeKind.Definition, info.Scope) { Vertex = vertex, CallSite = new Trace(close.Position, info.Trace, null), Condition = close.IsConditional ? CloseCondition.Open : CloseCondition.None };
                ProcessConjunct(vertex, new Conjunct(close.Operand, env, info.Closing(closing), conjunct.Field), place);
                break;
            case PredeclaredExpr { Name: CoreBuiltins.NoSharing }:
                state.HasTop = true;
                break;
            case PredeclaredExpr predeclared:
                AddValue(vertex, Builtins.Predeclared(predeclared.Name), expr.Position, info, place);
                break;
            default:
                Schedule(vertex, new EvaluationTask(TaskKind.Expression, conjunct, place));
                break;
        }
    }

    /// <summary>Queues a task, and tries it at once.</summary>
    private void Schedule(Vertex vertex, EvaluationTask task)
    {
        // While conjuncts are being processed tasks wait: what the others say may be all that a task needs.
        if (vertex.Status == VertexStatus.Processing)
        {
            AddTask(vertex, task);
            return;
        }

        if (vertex.State!.Postponed is { } postponed)
        {
            postponed.Add(task);
            return;
        }

        var final = _final;
        _final = false;
        if (!Run(vertex, task))
            AddTask(vertex, task);
        _final = final;
    }

    private void ProcessUnification(Vertex vertex, BinaryExpr both, Env? env, ConjunctInfo info, OrderPlace place)
    {
        var operands = new List<Expr>();
        Expr left = both;
        while (left is BinaryExpr { Operator: TokenKind.And } next)
        {
            operands.Add(next.Right);
            left = next.Left;
        }

        operands.Add(left);
        place = place.ForOperand();
        for (var i = operands.Count - 1; i >= 0; i--)
            ProcessConjunct(vertex, new Conjunct(operands[i], env, info), place);
    }

    private static void AddDisjunction(NodeState state, DisjunctionExpr disjunction, Env? env, ConjunctInfo info, OrderPlace place)
    {
        if (info.LeavesChoices)
            return;
        // The same disjunction is one, whichever ways led to it.
        if (state.Disjunctions.Exists(each => ReferenceEquals(each.Source, disjunction) && ReferenceEquals(each.Disjuncts[0].Env, env) && ClosesAlike(each.Disjuncts[0].Info.Scope, info.Scope)))
            return;
        var marked = disjunction.HasDefaults;
        state.AddDisjunction(new PendingDisjunction(
            [.. disjunction.Disjuncts.Select(each => new Conjunct(each.Expr, env, info))],
            [.. disjunction.Disjuncts.Select(static each => each.IsDefault)],
            disjunction.Position)
        { IsMarked = marked, Place = place.ForDisjunct(), Source = disjunction });
    }

    private static bool ClosesAlike(CloseScope? left, CloseScope? right) =>
        ReferenceEquals(left, right)
        || (left is { Kind: CloseScopeKind.Definition } && right is { Kind: CloseScopeKind.Definition } && ReferenceEquals(left.Parent, right.Parent));

    /// <summary>
    /// A struct is its fields in a new scope, and beside them its embeddings: a disjunction among these is multiplied out
    /// with the fields, which are then processed again for every disjunct.
    /// </summary>
    /// <param name="isYield">Whether a comprehension yields the struct: that is the place then.</param>
    private void ProcessStruct(Vertex vertex, StructExpr literal, Env? env, ConjunctInfo info, OrderPlace place, bool isYield = false)
    {
        // What is embedded waits in memory, whether or not its turn comes.
        if (literal.HasEmbeddings)
            Step(literal.Declarations.Count);
        var inner = new Env(env, vertex);
        Declare(vertex, literal);
        if (literal.HasEmbeddings && !literal.IsFile)
            info = literal.IsExtending ? Embedded(info, LiteralScope(vertex, info.Scope), isYield || info.Scope is { Embedding: not null } or { Outer: not null } ? default : literal.Position) : Embedded(info);
        if (literal.HasEmbeddings)
            place = place.ForLiteral();
        ProcessConjunct(vertex, new Conjunct(new StructBodyExpr(literal), inner, info), place);
        if (!literal.HasEmbeddings)
            return;
        foreach (var declaration in literal.Declarations)
        {
            if (declaration is EmbedDecl embedding)
            {
                var embedded = embedding.Extends && !IsPartOfFile(vertex, literal, embedding) ? Embedded(info, new CloseScope(CloseScopeKind.Embedding, info.Scope), embedding.Value.Position) : Embedded(info);
                ProcessConjunct(vertex, new Conjunct(embedding.Value, inner, embedded), place.ForEmbedding(IsReference(embedding.Value) || embedding.Value is CallExpr { Function: SelectorExpr { Operand: ImportRef } }));
            }
        }
    }

    /// <summary>
    /// What a file embeds is part of the file. Where a package is imported, nothing there extends it, unless it is a literal that
    /// embeds something itself; of such a literal in the package itself see <see cref="LiteralScope"/>.
    /// </summary>
    private static bool IsPartOfFile(Vertex vertex, StructExpr literal, EmbedDecl embedding) =>
        literal.IsFile && vertex.Parent is not null && embedding.Value is not StructExpr { HasEmbeddings: true };

    /// <summary>What the embeddings of a literal extend: that, or all files of the package if one of them embeds the literal.</summary>
    private static CloseScope LiteralScope(Vertex vertex, CloseScope? around) =>
        vertex.Parent is null && around is { Kind: CloseScopeKind.Embedding, Parent: { Kind: CloseScopeKind.Package } files } ? files : new CloseScope(CloseScopeKind.Literal, around);

    private static ConjunctInfo Embedded(ConjunctInfo info, CloseScope? scope, Position position) =>
        info with { Scope = scope, Trace = new Trace(position, info.Trace, null), IsUnshared = false };

    /// <summary>What is embedded where a literal is not extended: that it is embedded makes no difference.</summary>
    private static ConjunctInfo Embedded(ConjunctInfo info) => info with { IsUnshared = false };

    private void ProcessStructBody(Vertex vertex, StructExpr literal, Env inner, ConjunctInfo info, OrderPlace place)
    {
        var state = vertex.State!;
        var isStruct = info.Data is { Base: ContainerValue { Kind: CueKind.Struct } } || (!literal.HasEmbeddings && !literal.IsFile);
        var dynamicLabels = 0;
        foreach (var declaration in literal.Declarations)
        {
            isStruct |= MakesStruct(declaration);
            if (declaration is DynamicFieldDecl)
                dynamicLabels++;
        }

        if (isStruct)
            AddBase(vertex, new Located(ContainerValue.Struct, literal.Position, info) { Literal = literal });
        else
            state.IsEmbeddingStruct = true;
        info = info.Below;
        var part = new OrderPart(place, literal, inner, dynamicLabels) { Nesting = _nesting };
        if (!ReferenceEquals(place, OrderPlace.Nowhere))
            (vertex.Order ??= []).Add(part);
        var index = 0;
        foreach (var declaration in literal.Declarations)
        {
            switch (declaration)
            {
                case FieldDecl field:
                    AddField(vertex, field.Label, field.Type, new Conjunct(field.Value, inner, info, field), IsNaming(field) ? literal : null);
                    break;
                case PatternDecl when info.Data is not null:
                    break;
                case PatternDecl pattern:
                    Schedule(vertex, new EvaluationTask(TaskKind.Pattern, new Conjunct(pattern.Pattern, inner, info), place) { Declaration = pattern, Part = part });
                    break;
                case DynamicFieldDecl field:
                    Schedule(vertex, new EvaluationTask(TaskKind.DynamicField, new Conjunct(field.Label, inner, info), place) { Declaration = field, Part = part, DynamicIndex = index++ });
                    break;
                case EllipsisDecl:
                    vertex.HasEllipsis = true;
                    state.AddEllipsis(info.Scope);
                    break;
            }
        }
    }

    /// <summary>
    /// Whether a declaration makes a struct. What says nothing of a field's existence stands beside an embedded scalar, too;
    /// required fields are looked at when they are known.
    /// </summary>
    private static bool MakesStruct(Decl declaration) =>
        declaration is DynamicFieldDecl or FieldDecl { Label.Kind: LabelKind.String, Type: ArcType.Member };

    /// <summary>Adds a constraint to a field, which comes about if it is not there yet.</summary>
    private void AddField(Vertex vertex, Label label, ArcType type, Conjunct conjunct, StructExpr? literal)
    {
        if (conjunct.Info.Data is { } data)
        {
            // A schema is tried on data, which has regular fields only.
            if (!label.IsRegular || data.Find(label) is not { ArcType: ArcType.Member } known)
                return;
            conjunct = new Conjunct(conjunct.Expr, conjunct.Env, conjunct.Info.ForData(known), conjunct.Field);
        }

        var arc = vertex.Find(label);
        var isNew = arc is null;
        if (isNew && IsTooLate(vertex, label, conjunct, literal))
            return;
        if (arc is null)
            arc = vertex.Add(label, type);
        else if (type < arc.ArcType)
            arc.ArcType = type;
        AddConjunct(arc, conjunct);
        if (isNew)
            ApplyPatterns(vertex, arc);
    }
}
