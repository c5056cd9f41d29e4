using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>Evaluated values. What could not be evaluated yet is shown as the expression that it is.</content>
internal sealed partial class SyntaxExporter
{
    /// <param name="vertex">The vertex, or the one that the value belongs to.</param>
    /// <param name="value">The value, when it is not the vertex's own.</param>
    private Expression Evaluated(Vertex? vertex, Value? value)
    {
        if (value is Vertex inner)
            return Evaluated(inner, null);
        Enter();

        var result = value is null && vertex is not null ? EvaluatedVertex(vertex) : EvaluatedCore(vertex, value);
        Leave();
        return result;
    }

    private Expression EvaluatedVertex(Vertex vertex)
    {
        // Optional fields are evaluated when they are asked for.
        if (vertex.Status != VertexStatus.Final)
            context.Run(vertex);
        var resolved = vertex.Resolve();

        // An element may hold the value that its list is in again and again: within, that says nothing new.
        if (_tails > 0 && ComesRound(resolved))
            return SyntaxBuilder.Name("_");
        // So may an optional field: within, it is shown as the reference that it is.
        if (vertex.ComesRound || (_open.Contains(resolved) && !(_tails > 0 && resolved.Base is DisjunctionValue)))
            return Written(vertex);
        var wasOptional = _isOptional;
        _isOptional |= vertex.ArcType == ArcType.Optional;
        List<StructExpr> bodies = _isOptional && resolved.Base is not DisjunctionValue && resolved.Origin is null ? Bodies(resolved) : [];
        if (bodies.Exists(_bodies.Contains))
        {
            _isOptional = wasOptional;
            return Written(vertex);
        }

        var added = bodies.Where(_bodies.Add).ToList();
        var isOpened = _open.Add(resolved);
        var result = EvaluatedCore(vertex, null);
        if (isOpened)
            _open.Remove(resolved);
        _bodies.ExceptWith(added);
        _isOptional = wasOptional;
        return result;
    }

    /// <summary>Whether a struct or list is being written that is made of the same literals.</summary>
    private bool ComesRound(Vertex vertex)
    {
        if (vertex.Base is not ContainerValue)
            return false;
        var literals = Literals(vertex);
        return literals.Count > 0 && _open.Any(each => each.Base is ContainerValue && Literals(each).SetEquals(literals));

        static HashSet<Expr> Literals(Vertex vertex) =>
            [.. (vertex.State?.Leaves ?? []).Select(static leaf => leaf.Expr is StructBodyExpr body ? body.Literal : leaf.Expr).Where(static expr => expr is StructExpr or ListExpr)];
    }

    private static List<StructExpr> Bodies(Vertex vertex) =>
        [.. (vertex.State?.Leaves ?? []).Select(static leaf => leaf.Expr).OfType<StructBodyExpr>().Select(static body => body.Literal)];

    private Expression EvaluatedCore(Vertex? vertex, Value? value)
    {
        var resolved = vertex?.Resolve();
        value ??= resolved?.Base ?? ContainerValue.Struct;
        switch (value)
        {
            case Bottom error:
                return vertex is null ? Failed(error) : error.IsIncomplete ? Incomplete(vertex, error) : IsWrittenOption(vertex) || (_isOptional && error.Code == CueErrorCode.Structural) ? Written(vertex) : Failed(error);
            case ContainerValue when resolved!.ChildError is { IsIncomplete: false } && IsWrittenOption(vertex!):
                return Written(vertex!);
            case DisjunctionValue disjunction:
                return Disjunction(vertex, disjunction);
            case ContainerValue { Kind: CueKind.List }:
                return WithFields(resolved!, List(resolved!), isFirst: false);
            case ContainerValue:
                return Struct(resolved!);
            default:
                var scalar = Scalar(value);
                return resolved is null || ReferenceEquals(resolved.Base, value) is false ? scalar : WithFields(resolved, scalar, isFirst: true);
        }
    }

    /// <summary>Whether a vertex is an optional field that cannot be: it is shown as it is written, unless it is only the name of something else.</summary>
    private static bool IsWrittenOption(Vertex vertex) => vertex is { ArcType: ArcType.Optional, Shared: null };

    private Expression Scalar(Value value)
    {
        switch (value)
        {
            case Constant constant:
                return Indented(SyntaxBuilder.Constant(constant));
            case TypeValue type:
                return Type(type.Kind);
            case BoundValue bound:
                return SyntaxBuilder.Unary(bound.Operator, bound.Operand is Vertex operand ? Evaluated(operand, null) : Scalar(bound.Operand));
            case ValidatorValue validator:
                return Validator(validator);
            case FunctionValue function:
                return Function(function.Builtin);
            case ConjunctionValue conjunction:
                if (RangeNames.Of(conjunction) is { } range)
                    return SyntaxBuilder.Name(range);
                var parts = WrittenConstraints.Of(conjunction, out var isUnsigned).Select(Scalar).ToList();
                if (isUnsigned)
                    parts.Insert(0, SyntaxBuilder.Name("uint"));
                return SyntaxBuilder.All(parts);
            case ClosedValue closed:
                return Evaluated(closed.Source, null);
            default:
                return Evaluated(null, value);
        }
    }

    private static Expression Type(CueKind kind)
    {
        if ((kind | CueKind.Func) == CueKind.Top)
            return SyntaxBuilder.Name("_");
        var parts = new List<Expression>();
        foreach (var name in kind.Text().Trim('(', ')').Split('|'))
            parts.Add(name switch { "struct" => SyntaxBuilder.Struct([new EllipsisDeclaration(new Ellipsis(default, null))]), "list" => new ListLiteral([new Ellipsis(default, null)]), _ => SyntaxBuilder.Name(name) });
        return SyntaxBuilder.Any(parts);
    }

    /// <summary>A predeclared function; by its other name if there is a field of that name, which would be called instead.</summary>
    private Identifier Called(string name) => SyntaxBuilder.Name(_names.Contains(name) ? "__" + name : name);

    private Expression Function(Builtin builtin) => builtin.Package.Length == 0
        ? Called(builtin.Name)
        : new SelectorExpression(Import(builtin.Package), SyntaxBuilder.Name(builtin.Name));

    private Expression Validator(ValidatorValue validator)
    {
        // Arguments that are written as literals are not evaluated.
        var arguments = validator.Arguments.Select(argument => argument is Vertex { IsDetached: true, Conjuncts: [{ Expr: StructExpr or ListExpr } conjunct] }
            ? Closed(Convert(conjunct, conjunct.Expr))
            : argument is Vertex { ComesRound: true } || (argument is Vertex known && _open.Contains(known.Resolve())) ? SyntaxBuilder.Name("_") : Evaluated(null, argument));
        return new CallExpression(Function(validator.Builtin), [.. arguments]);
    }

    private static Expression Closed(Expression expression) => expression switch
    {
        StructLiteral literal => SyntaxBuilder.Struct([.. literal.Declarations.Where(static declaration => declaration is not EllipsisDeclaration)]),
        ListLiteral list => new ListLiteral([.. list.Elements.Where(static element => element is not Ellipsis)]),
        _ => expression,
    };

    /// <summary>The default, or what is left to choose from.</summary>
    private Expression Disjunction(Vertex? vertex, DisjunctionValue disjunction)
    {
        var count = disjunction.DefaultCount > 0 && !options.KeepsDefaults ? disjunction.DefaultCount : disjunction.Values.Count;
        _levels++;
        var parts = disjunction.Values.Take(count).Select((each, i) =>
        {
            var part = Evaluated(each is Vertex ? null : vertex, each);
            return options.KeepsDefaults && i < disjunction.DefaultCount ? SyntaxBuilder.Unary(TokenKind.Multiply, part) : part;
        }).ToList();
        _levels--;
        return SyntaxBuilder.Any(parts);
    }

    private ListLiteral List(Vertex vertex)
    {
        var elements = new List<Expression>();
        _levels++;
        foreach (var arc in vertex.Arcs)
        {
            if (arc.Label.Kind == LabelKind.Index)
            {
                _isChosen = true;
                elements.Add(WrittenLiteral.Of(arc) is { } literal ? Literal(literal) : Evaluated(arc, null));
            }
        }

        _isChosen = false;
        if (options.KeepsDefaults && vertex.IsOpenList)
            elements.Add(new Ellipsis(default, Tail(vertex)));
        _levels--;
        return new ListLiteral(elements);
    }

    /// <summary>What further elements have to be; null when they can be anything.</summary>
    private Expression? Tail(Vertex list)
    {
        if (new CueValue(context, list).ElementType is not { IsTop: false } element)
            return null;
        _tails++;
        var result = Evaluated(element.Vertex, null);
        _tails--;
        return result;
    }

    /// <summary>A scalar or a list, with the fields that are embedded beside it.</summary>
    private Expression WithFields(Vertex vertex, Expression value, bool isFirst)
    {
        var declarations = WithLets(Sources(vertex), result => AddFields(vertex, result));
        if (declarations.Count == 0 && !vertex.Arcs.Exists(static arc => arc.Label.IsDefinition))
            return value;
        // A scalar beside which something is wrong is none any more.
        if (!isFirst || vertex.ChildError is not { IsIncomplete: false })
            declarations.Insert(isFirst ? 0 : declarations.Count, new Embedding(value));
        return SyntaxBuilder.Struct(declarations);
    }

    private StructLiteral Struct(Vertex vertex) => SyntaxBuilder.Struct(WithLets(Sources(vertex), result => AddFields(vertex, result)));

    /// <summary>The literals that a vertex is written as. What it refers to beside others declares its clauses elsewhere.</summary>
    private static List<IReadOnlyList<Declaration>> Sources(Vertex vertex)
    {
        var own = new HashSet<StructExpr>();
        for (var each = vertex; each is not null; each = each.Origin)
        {
            foreach (var conjunct in each.Conjuncts)
                AddLiterals(conjunct.Expr, own);
        }

        return [.. Bodies(vertex).Where(own.Contains).Select(static body => body.Source switch { StructLiteral literal => literal.Declarations, CueFile file => file.Declarations, _ => [] })];

        static void AddLiterals(Expr expr, HashSet<StructExpr> found)
        {
            for (; expr is BinaryExpr { Operator: TokenKind.And } both; expr = both.Left)
                AddLiterals(both.Right, found);
            if (expr is DisjunctionExpr choice)
            {
                foreach (var disjunct in choice.Disjuncts)
                    AddLiterals(disjunct.Expr, found);
            }

            if ((expr as StructExpr ?? (expr as StructBodyExpr)?.Literal) is not { } literal || !found.Add(literal))
                return;
            foreach (var declaration in literal.Declarations)
            {
                if (declaration is EmbedDecl embedding)
                    AddLiterals(embedding.Value, found);
            }
        }
    }

    private void AddFields(Vertex vertex, List<Declaration> declarations)
    {
        var arcs = _isChosen ? FieldOrder.SortChosen(vertex) : FieldOrder.Sort(vertex);
        _isChosen = false;
        foreach (var arc in arcs)
        {
            if (arc.Label.Kind is LabelKind.Index or LabelKind.Let || arc.ArcType == ArcType.Pending)
                continue;
            if ((arc.ArcType == ArcType.Optional && !options.ShowOptional) || (arc.Label.IsHidden && !options.ShowHidden) || (arc.Label.IsDefinition && !options.ShowDefinitions))
                continue;
            // A scalar or a list has no regular fields: those that could be are not told.
            if (arc.ArcType == ArcType.Optional && arc.Label.Kind == LabelKind.String && !arc.Label.IsHidden && !arc.Label.IsDefinition && vertex.Resolve().Base is not ContainerValue { Kind: CueKind.Struct })
                continue;
            var label = SyntaxBuilder.LabelOf(arc.Label);
            declarations.Add(new Field(label, Collapsed(label, Evaluated(arc, null)))
            {
                Constraint = Constraint(arc.ArcType),
                Attributes = options.ShowAttributes ? Distinct(arc.Declarations.SelectMany(static field => field.Attributes)) : [],
                Comments = options.ShowComments ? Documentation(arc.Declarations) : [],
            });
        }
    }

    /// <summary>What is not decided yet: the constraints as they are written.</summary>
    private Expression Incomplete(Vertex vertex, Bottom error)
    {
        if (vertex.Conjuncts.Count == 0)
            return Failed(error);
        while (vertex.Shared is { } shared && vertex.Conjuncts is [{ Expr: not LetRef }])
            vertex = shared;
        return Written(vertex);
    }

    /// <summary>The constraints of a vertex as they are written.</summary>
    private Expression Written(Vertex vertex)
    {
        var outer = _incomplete;
        _incomplete = vertex.Conjuncts is [{ Expr: var only }] ? only as StructExpr ?? (only as StructBodyExpr)?.Literal : null;
        var result = SyntaxBuilder.All(Ranked(vertex.Conjuncts.SelectMany(static conjunct => Conjuncts(conjunct.Expr).Select(expr => (conjunct, expr)))));
        _incomplete = outer;
        return result;
    }

    private static BottomLiteral Failed(Bottom error) => new(default) { Comments = [SyntaxBuilder.LineComment(ValueText.Comment(error))] };
}
