using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>Expressions and references.</summary>
internal sealed partial class Binder
{
    private Expr Bind(Expression expression)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (++_depth > MaxDepth)
        {
            _depth--;
            Report(expression.Start, "expression nests too deeply");
            return new ErrorExpr(expression, "expression nests too deeply");
        }

        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var result = BindCore(expression);
        _depth--;
        return result;
    }

    private Expr BindCore(Expression expression)
    {
        switch (expression)
        {
            case Identifier identifier:
                return BindIdentifier(identifier);
            case BasicLiteral literal:
                return BindLiteral(literal);
            case BottomLiteral bottom:
                return new BottomExpr(bottom);
            case ParenthesizedExpression parenthesized:
                return Bind(parenthesized.Expression);
            case StructLiteral literal:
                return BindStruct(literal);
            case ListLiteral list:
                return BindList(list);
            case Interpolation interpolation:
                return BindInterpolation(interpolation);
            case SelectorExpression selector:
                return BindSelector(selector);
            case IndexExpression index:
                return new IndexExpr(index, Bind(index.Operand), Bind(index.Index));
            case SliceExpression slice:
                return new SliceExpr(slice, Bind(slice.Operand), slice.Low is null ? null : Bind(slice.Low), slice.High is null ? null : Bind(slice.High));
            case CallExpression call:
                return BindCall(call);
            case UnaryExpression unary:
                return BindUnary(unary);
            case BinaryExpression { Operator: TokenKind.Or } disjunction:
                return BindDisjunction(disjunction);
            case BinaryExpression binary:
                return BindBinary(binary);
            case PostfixExpression { Operator: PostfixOperator.Open } postfix:
                return new OpenExpr(postfix, Bind(postfix.Operand));
            case PostfixExpression postfix when _attempts == 0:
                Report(postfix.Start, _experiments.Contains(Experiments.Try) ? "optional marker (?) is only valid within a try clause" : $"optional marker (?) {NeedsTry}");
                return Bind(postfix.Operand);
            case PostfixExpression postfix:
                return new TryExpr(postfix, Bind(postfix.Operand));
            case Comprehension comprehension:
                return BindComprehension(comprehension);
            case AliasExpression alias:
                Report(alias.Start, "alias values not allowed in this position");
                return new ErrorExpr(alias, "alias values not allowed in this position");
            default:
                Report(expression.Start, "invalid expression");
                return new ErrorExpr(expression, "invalid expression");
        }
    }

    private Expr BindLiteral(BasicLiteral literal)
    {
        switch (literal.Kind)
        {
            case TokenKind.Null:
                return new NullExpr(literal);
            case TokenKind.True:
                return new BoolExpr(literal, true);
            case TokenKind.False:
                return new BoolExpr(literal, false);
            case TokenKind.Int or TokenKind.Float:
                if (Literals.TryParseNumber(literal.Text, out var number, out var numberError))
                    return new NumberExpr(literal, number.Text, number.IsInteger);
                var wrongNumber = "parse error: " + (numberError ?? "invalid number");
                Report(literal.Start, wrongNumber);
                return new ErrorExpr(literal, wrongNumber);
            default:
                if (Literals.TryUnquote(literal.Text, out var value, out var error))
                    return value.IsBytes ? new BytesExpr(literal, value.Bytes) : new StringExpr(literal, value.Text);
                Report(literal.Start, error ?? "invalid string");
                return new ErrorExpr(literal, error ?? "invalid string");
        }
    }

    private Expr BindInterpolation(Interpolation interpolation)
    {
        if (!Literals.TryUnquote(interpolation, out var texts, out var position, out var error))
        {
            Report(position, error ?? "invalid string");
            return new ErrorExpr(interpolation, error ?? "invalid string");
        }

        var parts = new List<Expr>(interpolation.Elements.Count / 2);
        for (var i = 1; i < interpolation.Elements.Count; i += 2)
            parts.Add(Bind(interpolation.Elements[i]));
        return new InterpolationExpr(interpolation, texts[0].IsBytes, texts, parts);
    }

    private ListExpr BindList(ListLiteral list)
    {
        // The elements of a list with a name can refer to the list.
        var isScope = _experiments.Contains(Experiments.AliasV2) || _scope.HasValueAlias;
        if (isScope)
            _scope = new Scope(ScopeKind.List, _scope);
        var elements = new List<Expr>(list.Elements.Count);
        var isOpen = false;
        Expr? tail = null;
        Position ellipsisPosition = default;
        foreach (var element in list.Elements)
        {
            if (element is Ellipsis ellipsis)
            {
                isOpen = true;
                ellipsisPosition = ellipsis.Start;
                tail = ellipsis.Type is null ? null : Bind(ellipsis.Type);
                continue;
            }

            elements.Add(element is Comprehension comprehension ? BindComprehension(comprehension) : Bind(element));
        }

        if (isScope)
            _scope = _scope.Parent!;
        return new ListExpr(list, elements, isOpen, tail) { EllipsisPosition = ellipsisPosition, IsScope = isScope };
    }

    private Expr BindSelector(SelectorExpression selector)
    {
        var operand = Bind(selector.Operand);
        var label = selector.Selector switch
        {
            Identifier identifier => Label.Identifier(identifier.Name, operand is ImportRef import ? import.Path : _package),
            BasicLiteral { Kind: TokenKind.String } literal when Literals.TryUnquote(literal.Text, out var value, out _) => Label.Regular(value.Text),
            BasicLiteral literal => Label.Regular(literal.Text),
            _ => default,
        };
        if (selector.Selector is Identifier name)
            CheckMatched(name, _scope);
        if (label.IsValid)
            return new SelectorExpr(selector, operand, label, selector.Selector.Start);
        Report(selector.Selector.Start, "invalid selector");
        return new ErrorExpr(selector, "invalid selector");
    }

    private Expr BindUnary(UnaryExpression unary)
    {
        switch (unary.Operator)
        {
            case TokenKind.Multiply:
                Report(unary.Start, "preference mark not allowed at this position");
                return Bind(unary.Operand);
            case TokenKind.Add or TokenKind.Subtract or TokenKind.Not:
                var operand = Bind(unary.Operand);
                if (unary.Operator == TokenKind.Subtract && operand is NumberExpr number && unary.Operand is BasicLiteral)
                    return new NumberExpr(unary, number.Text.StartsWith("-", StringComparison.Ordinal) ? number.Text.Substring(1) : "-" + number.Text, number.IsInteger);
                if (NotConcrete(operand, Operators.Text(unary.Operator)) is { } mistake)
                    return new ErrorExpr(WithoutParentheses(unary.Operand), mistake) { IsValue = true };
                return new UnaryExpr(unary, unary.Operator, operand);
            default:
                var limit = Bind(unary.Operand);
                if (limit is PredeclaredExpr { Name: not "bool" and var type } && _catalog.IsType(type))
                    return new ErrorExpr(unary, "bound has fixed non-concrete value") { IsValue = true, IsBound = true };
                return new BoundExpr(unary, unary.Operator, limit);
        }
    }

    private Expr BindBinary(BinaryExpression binary)
    {
        // Chains nest to the left and can be long: walk down in a loop.
        var chain = new List<BinaryExpression>();
        Expression left = binary;
        while (left is BinaryExpression { Operator: not TokenKind.Or } next)
        {
            chain.Add(next);
            left = next.Left;
        }

        var result = Bind(left);
        for (var i = chain.Count - 1; i >= 0; i--)
        {
            var right = Bind(chain[i].Right);
            if (chain[i].Operator != TokenKind.And)
            {
                CheckConcrete(result, chain[i].Left, Operators.Text(chain[i].Operator));
                CheckConcrete(right, chain[i].Right, Operators.Text(chain[i].Operator));
            }

            var isShortCircuit = chain[i].Operator is TokenKind.LogicalAnd or TokenKind.LogicalOr && _experiments.Contains(Experiments.ShortCircuit);
            result = new BinaryExpr(chain[i], chain[i].Operator, result, right) { IsShortCircuit = isShortCircuit };
        }

        return result;
    }

    private void CheckConcrete(Expr operand, Expression written, string op)
    {
        var parentheses = 0;
        for (var inner = written; inner is ParenthesizedExpression parenthesized; inner = parenthesized.Expression)
            parentheses++;
        if (NotConcrete(operand, op, parentheses) is { } mistake)
            Report(written.Start, mistake);
    }

    private static Expression WithoutParentheses(Expression expression)
    {
        while (expression is ParenthesizedExpression parenthesized)
            expression = parenthesized.Expression;
        return expression;
    }

    /// <summary>What is wrong with an operand that never is concrete; null if it may be.</summary>
    private string? NotConcrete(Expr operand, string op, int parentheses = 0)
    {
        var text = operand switch
        {
            TopExpr => "_",
            PredeclaredExpr type when _catalog.IsType(type.Name) => type.Name,
            BoundExpr bound => Operators.Text(bound.Operator) + Describe(bound.Operand),
            ErrorExpr { IsBound: true, Source: UnaryExpression { Operand: Identifier type } bound } => Operators.Text(bound.Operator) + type.Name,
            _ => null,
        };
        return text is null ? null : $"invalid operand {new string('(', parentheses)}{text}{new string(')', parentheses)} ('{op}' requires concrete value)";
    }

    private static string Describe(Expr expr) => expr switch
    {
        NumberExpr number => number.Text,
        StringExpr text => Literals.Quote(text.Value),
        PredeclaredExpr type => type.Name,
        BoundExpr bound => Operators.Text(bound.Operator) + Describe(bound.Operand),
        _ => "_",
    };

    private DisjunctionExpr BindDisjunction(BinaryExpression disjunction)
    {
        var operands = new List<Expression>();
        Expression left = disjunction;
        while (left is BinaryExpression { Operator: TokenKind.Or } next)
        {
            operands.Add(next.Right);
            left = next.Left;
        }

        operands.Add(left);
        operands.Reverse();
        var disjuncts = new List<Disjunct>(operands.Count);
        foreach (var operand in operands)
        {
            // A second mark says no more than the first.
            var unmarked = operand;
            while (unmarked is UnaryExpression { Operator: TokenKind.Multiply } marked)
                unmarked = marked.Operand;
            disjuncts.Add(new Disjunct(Bind(unmarked), isDefault: !ReferenceEquals(unmarked, operand)));
        }

        return new DisjunctionExpr(disjunction, disjuncts);
    }

    private Expr BindIdentifier(Identifier identifier)
    {
        var name = identifier.Name;
        if (name == "_")
            return new TopExpr(identifier);
        CheckMatched(identifier, _scope);
        var up = 0;
        var inner = default(Scope);
        for (var scope = _scope; scope is not null; inner = scope, scope = scope.Parent)
        {
            // What is copied means itself, not the field that it was written for.
            if (scope.Find(name) is { Kind: SymbolKind.ValueAlias } value)
            {
                value.IsUsed = true;
                return inner is { Kind: ScopeKind.Struct or ScopeKind.List } ? new ScopeRef(identifier, up - 1) : new ValueRef(identifier, up);
            }

            // A let clause is not in scope in its own value.
            if (scope.Find(name) is { } symbol && (symbol.Let is not { } let || !_openLets.Contains(let)))
                return BindSymbol(identifier, symbol, scope.Kind == ScopeKind.Package ? up - 1 : up);
            if (scope.HasEnvironment)
                up++;
        }

        if (name is "self" or "__self")
        {
            if (!_experiments.Contains(Experiments.AliasV2))
                return Unbound(identifier, $"predeclared identifier {Literals.Quote(name)} requires @experiment(aliasv2)", isReference: false);
            up = 0;
            for (var scope = _scope; scope is not null; scope = scope.Parent)
            {
                if (scope.Kind is ScopeKind.Struct or ScopeKind.List or ScopeKind.File)
                    return new ScopeRef(identifier, up);
                if (scope.HasEnvironment)
                    up++;
            }
        }

        var predeclared = name.StartsWith("__", StringComparison.Ordinal) ? name.Substring(2) : name;
        if (_catalog.HasPredeclared(predeclared) || _catalog.HasPredeclared(name))
            return new PredeclaredExpr(identifier, _catalog.HasPredeclared(name) ? name : predeclared);
        return Unbound(identifier, $"reference {Literals.Quote(name)} not found", isReference: true);
    }

    private ErrorExpr Unbound(Identifier identifier, string message, bool isReference)
    {
        _errors.Add(new BindingError(identifier.Start, CurrentPath(), message, isReference));
        return new ErrorExpr(identifier, message);
    }

    /// <summary>
    /// Says that a name in a pattern is that of a field beside it, in its struct or in one that this is embedded in;
    /// the names behind dots and of fields in the pattern count as well.
    /// </summary>
    private void CheckMatched(Identifier identifier, Scope from)
    {
        if (_patternOwners.Count == 0)
            return;
        var scope = from;
        while (scope.Find(identifier.Name) is null)
        {
            if (scope.Parent is not { } parent)
                return;
            scope = parent;
        }

        if (_patternOwners.Exists(IsMatched))
            ReportLoad(identifier.Start, $"reference {Literals.Quote(identifier.Name)} in label expression refers to field against which it would be matched");

        bool IsMatched(Scope pattern)
        {
            for (var owner = pattern; owner is { Kind: not ScopeKind.Field }; owner = owner.Parent)
            {
                if (owner == scope)
                    return true;
            }

            return false;
        }
    }

    private Expr BindSymbol(Identifier identifier, Symbol symbol, int up)
    {
        symbol.IsUsed = true;
        switch (symbol.Kind)
        {
            case SymbolKind.FieldAlias when _isInLabel && !symbol.IsLabelBound:
                return CyclicAlias(identifier);
            case SymbolKind.Field or SymbolKind.FieldAlias:
                return new FieldRef(identifier, up, symbol.Label);
            case SymbolKind.LabelAlias:
                return symbol.Label.IsValid ? new StringExpr(identifier, symbol.Label.Text) : new LabelRef(identifier, up);
            case SymbolKind.MatchedFieldAlias:
                return symbol.Label.IsValid ? new FieldRef(identifier, up, symbol.Label) : new MatchedFieldRef(identifier, up);
            case SymbolKind.DynamicFieldAlias:
                if (symbol.IsResolving || (_isInLabel && !symbol.IsLabelBound))
                    return CyclicAlias(identifier);

                symbol.IsResolving = true;
                var scope = _scope;
                _scope = FindScope(symbol);
                var label = Bind(Unalias(symbol.LabelExpression!).Expression);
                _scope = scope;
                symbol.IsResolving = false;
                return new DynamicFieldRef(identifier, up, label);
            case SymbolKind.Let:
                foreach (var open in _openLets)
                    open.Uses.Add(new LetUse(symbol.Let!, identifier.Start, CurrentPath()));
                return symbol.Let!.Value is ImportRef named ? new ImportRef(identifier, named.Path) : new LetRef(identifier, up, symbol.Let!);
            default:
                return new ImportRef(identifier, symbol.ImportPath!);
        }
    }

    /// <summary>A label that needs a later one: the package is none the worse unless something else is wrong with it.</summary>
    private ErrorExpr CyclicAlias(Identifier identifier)
    {
        const string Message = "cyclic reference in field alias";
        _errors.Add(new BindingError(identifier.Start, CurrentPath(), Message, false) { IsValue = true });
        return new ErrorExpr(identifier, Message) { IsValue = true };
    }

    private Scope FindScope(Symbol symbol)
    {
        var scope = _scope;
        while (!scope.Symbols.Contains(symbol))
            scope = scope.Parent!;
        return scope;
    }
}
