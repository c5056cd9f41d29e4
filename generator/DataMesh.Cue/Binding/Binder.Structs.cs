using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>Structs, fields, aliases and comprehensions.</summary>
internal sealed partial class Binder
{
    private StructExpr BindStruct(StructLiteral literal)
    {
        _scope = new Scope(ScopeKind.Struct, _scope);
        var result = BindDeclarations(literal, literal.Declarations, isFile: false);
        ReportUnused(_scope);
        _scope = _scope.Parent!;
        return result;
    }

    private StructExpr BindDeclarations(SyntaxNode source, IReadOnlyList<Declaration> declarations, bool isFile)
    {
        Declare(declarations, isFile);
        var result = new List<Decl>(declarations.Count);
        List<AttributeNode>? attributes = null;
        List<(int Place, LetDecl Let)>? lets = null;
        var hasEmbeddings = false;
        var isOpen = false;
        var hasFields = false;
        foreach (var declaration in declarations)
        {
            switch (declaration)
            {
                case Field field:
                    hasFields = true;
                    result.Add(BindField(field));
                    break;
                case Embedding embedding:
                    hasEmbeddings = true;
                    result.Add(new EmbedDecl(embedding, Bind(embedding.Expression)) { Extends = !_experiments.Contains(Experiments.ExplicitOpen) });
                    break;
                case ComprehensionDeclaration comprehension:
                    hasEmbeddings = true;
                    result.Add(new EmbedDecl(comprehension, BindComprehension(comprehension.Comprehension)) { Extends = !_experiments.Contains(Experiments.ExplicitOpen) });
                    break;
                case EllipsisDeclaration ellipsis:
                    isOpen = true;
                    hasFields = true;
                    if (ellipsis.Ellipsis.Type is { } type and not Identifier { Name: "_" })
                        Report(type.Start, "default constraints (...T) are not supported in structs");
                    result.Add(new EllipsisDecl(ellipsis));
                    break;
                case LetDeclaration let:
                    if (BindLet(let) is { } bound)
                        (lets ??= []).Add((result.Count, bound));
                    break;
                case AttributeDeclaration attribute:
                    (attributes ??= []).Add(attribute.Attribute);
                    break;
                case BadDeclaration bad:
                    result.Add(new EmbedDecl(bad, new ErrorExpr(bad, "invalid syntax")));
                    break;
            }
        }

        return new StructExpr(source, result)
        {
            HasEmbeddings = hasEmbeddings,
            IsOpen = isOpen,
            IsExtending = !_experiments.Contains(Experiments.ExplicitOpen),
            HasFields = hasFields,
            IsFile = isFile,
            Attributes = attributes ?? (IReadOnlyList<AttributeNode>)[],
            Lets = lets ?? (IReadOnlyList<(int, LetDecl)>)[],
        };
    }

    /// <summary>Declares every name of a block before any of its values is bound.</summary>
    private void Declare(IReadOnlyList<Declaration> declarations, bool isFile)
    {
        foreach (var declaration in declarations)
        {
            switch (declaration)
            {
                case Field field:
                    DeclareField(field, isFile);
                    break;
                case LetDeclaration let:
                    var decl = new LetDecl(let, let.Name.Name) { Number = ++_letNumber };
                    DeclareAlias(let.Name.Name, let.Start, new Symbol(SymbolKind.Let, let) { Let = decl, Path = CurrentPath() });
                    break;
            }
        }
    }

    private void DeclareField(Field field, bool isFile)
    {
        var name = GetStaticName(field.Label);
        if (name is not null && !isFile)
        {
            CheckMatched((Identifier)field.Label, _scope.Parent!);
            var existing = _scope.Find(name);
            if (existing is not null && existing.Kind != SymbolKind.Field)
                ReportLoad(field.Colon.IsValid ? field.Label.Start : field.Start, $"cannot have both alias and field with name {Literals.Quote(name)} in same scope");
            _scope.Declare(name, new Symbol(SymbolKind.Field, field) { Label = Label.Identifier(name, _package) });
        }

        if (field.Alias is { } alias)
            DeclareFieldAlias(alias.Name.Name, alias, field);
        if (field.PostfixAlias is { FieldName: { Name: not "_" } fieldName } postfix)
            DeclareFieldAlias(fieldName.Name, postfix, field);
        if (field.PostfixAlias is { LabelName: { Name: not "_" } labelName } && GetPattern(field.Label) is null && GetConstantLabel(field.Label) is { IsValid: true } label)
            DeclareAlias(labelName.Name, field.Start, new Symbol(SymbolKind.LabelAlias, labelName) { Label = label, Path = CurrentPath() });
    }

    private void DeclareFieldAlias(string name, SyntaxNode source, Field field)
    {
        // The alias of a pattern is visible in the values that it matches only.
        if (field.Label is PatternLabel or ListLiteral)
            return;
        var path = CurrentPath();
        var label = GetConstantLabel(field.Label);
        var symbol = label.IsValid
            ? new Symbol(SymbolKind.FieldAlias, source) { Label = label, Path = path, IsLabelBound = field.Label is not ParenthesizedExpression }
            : new Symbol(SymbolKind.DynamicFieldAlias, source) { LabelExpression = field.Label, Path = path };
        DeclareAlias(name, field.Start, symbol);
    }

    private void DeclareAlias(string name, Position position, Symbol symbol)
    {
        var existing = _scope.Find(name);
        if (existing is null)
        {
            _scope.Declare(name, symbol);
            return;
        }

        ReportLoad(position, existing.Kind == SymbolKind.Field
            ? $"cannot have both alias and field with name {Literals.Quote(name)} in same scope"
            : $"alias {Literals.Quote(name)} redeclared in same scope");
    }

    private void ReportLoad(Position position, string message) =>
        _errors.Add(new BindingError(position, "", message, false) { IsLoad = true });

    /// <summary>The label of a field whose name is known without evaluation.</summary>
    private Label GetConstantLabel(Expression label) => label switch
    {
        Identifier { Name: "_" } => default,
        Identifier identifier => Label.Identifier(identifier.Name, _package),
        BasicLiteral { Kind: TokenKind.String } literal when Literals.TryUnquote(literal.Text, out var value, out _) && !value.IsBytes =>
            Label.Regular(value.Text),
        ParenthesizedExpression { Expression: BasicLiteral { Kind: TokenKind.String } literal } => GetConstantLabel(literal),
        BasicLiteral { Kind: not (TokenKind.Int or TokenKind.Float or TokenKind.String) } keyword => Label.Regular(keyword.Text),
        _ => default,
    };

    private Decl BindField(Field field)
    {
        var type = field.Constraint switch
        {
            FieldConstraint.Optional => ArcType.Optional,
            FieldConstraint.Required => ArcType.Required,
            _ => ArcType.Member,
        };
        if (GetPattern(field.Label) is { } pattern)
            return BindPattern(field, pattern);
        var label = GetConstantLabel(field.Label);
        if (label.IsValid)
        {
            MarkLabelBound(field);
            _path.Add(field.Label is ParenthesizedExpression ? "<unknown>" : label.ToString());
            var value = BindFieldValue(field, SymbolKind.FieldAlias, label, null);
            _path.RemoveAt(_path.Count - 1);
            return new FieldDecl(field, label, type, value);
        }

        if (field.Label is Identifier { Name: "_" })
            Report(field.Label.Start, "cannot use _ as label");
        var (labelName, labelExpression) = Unalias(field.Label);
        _isInLabel = true;
        var expression = Bind(labelExpression);
        _isInLabel = false;
        MarkLabelBound(field);
        _path.Add(field.Label is ParenthesizedExpression ? "<unknown>" : "?");
        var dynamicValue = BindFieldValue(field, SymbolKind.MatchedFieldAlias, default, labelName);
        _path.RemoveAt(_path.Count - 1);
        return new DynamicFieldDecl(field, expression, type, dynamicValue);
    }

    private void MarkLabelBound(Field field)
    {
        if ((field.Alias?.Name ?? field.PostfixAlias?.FieldName) is { } alias && _scope.Find(alias.Name) is { } symbol)
            symbol.IsLabelBound = true;
    }

    private static Expression? GetPattern(Expression label) => label switch
    {
        PatternLabel pattern => pattern.Pattern,
        ListLiteral { Elements.Count: 1 } list => list.Elements[0],
        _ => null,
    };

    private static (Identifier? Name, Expression Expression) Unalias(Expression label)
    {
        if (label is ParenthesizedExpression parenthesized)
            label = parenthesized.Expression;
        return label is AliasExpression alias ? (alias.Name, alias.Expression) : (null, label);
    }

    private PatternDecl BindPattern(Field field, Expression pattern)
    {
        var (name, expression) = Unalias(pattern);
        _patternOwners.Add(_scope);
        var bound = Bind(expression);
        _patternOwners.RemoveAt(_patternOwners.Count - 1);
        _path.Add("[]");
        var value = BindFieldValue(field, SymbolKind.MatchedFieldAlias, default, name);
        _path.RemoveAt(_path.Count - 1);
        return new PatternDecl(field, bound, value);
    }

    /// <summary>Binds the value of a field; the aliases that only it can see are in a scope of their own.</summary>
    private Expr BindFieldValue(Field field, SymbolKind fieldKind, Label label, Identifier? labelName)
    {
        var scope = new Scope(ScopeKind.Field, _scope);
        _scope = scope;
        var isDynamic = fieldKind == SymbolKind.MatchedFieldAlias;
        if (labelName is { Name: not "_" })
            scope.Declare(labelName.Name, new Symbol(SymbolKind.LabelAlias, labelName));
        if (field.PostfixAlias is { LabelName: { Name: not "_" } postfixLabel })
            scope.Declare(postfixLabel.Name, new Symbol(isDynamic ? SymbolKind.LabelAlias : SymbolKind.LabelAlias, postfixLabel) { Label = label });
        var isPattern = GetPattern(field.Label) is not null;
        if (isPattern && field.Alias is { } alias)
            scope.Declare(alias.Name.Name, new Symbol(fieldKind, alias) { Path = OuterPath() });
        if (isPattern && field.PostfixAlias is { FieldName: { Name: not "_" } fieldName } postfix)
            scope.Declare(fieldName.Name, new Symbol(fieldKind, postfix) { Path = OuterPath() });

        var value = field.Value;
        if (value is AliasExpression valueAlias)
        {
            scope.Declare(valueAlias.Name.Name, new Symbol(SymbolKind.ValueAlias, valueAlias) { Path = OuterPath() });
            value = valueAlias.Expression;
        }

        var result = Bind(value);
        _scope = scope.Parent!;
        if (isPattern)
            _scope.Close(scope);
        else
            ReportUnused(scope);
        return result;

        string OuterPath() => string.Join(".", _path.Take(Math.Max(0, _path.Count - 1)));
    }

    private LetDecl? BindLet(LetDeclaration let)
    {
        var symbol = _scope.Find(let.Name.Name);
        if (symbol is null || !ReferenceEquals(symbol.Source, let))
            return null;
        _path.Add("let[]");
        _lets.Add(symbol.Let!);
        _openLets.Add(symbol.Let!);
        // Like the value of a field, what it binds is not beside the names around it.
        _scope = new Scope(ScopeKind.Field, _scope);
        symbol.Let!.Value = Bind(let.Value is AliasExpression alias ? alias.Expression : let.Value);
        _scope = _scope.Parent!;
        _openLets.RemoveAt(_openLets.Count - 1);
        _path.RemoveAt(_path.Count - 1);
        return symbol.Let;
    }

    private Expr BindComprehension(Comprehension comprehension)
    {
        var outer = _scope;
        var (outerPath, outerAttempts) = (_path.Count, _attempts);
        var clauses = new List<ClauseExpr>(comprehension.Clauses.Count);
        foreach (var clause in comprehension.Clauses)
        {
            switch (clause)
            {
                case ForClause loop:
                    var collection = Bind(loop.Source);
                    _path.Add("for[]");
                    _scope = new Scope(ScopeKind.Clause, _scope);
                    var key = loop.Key is { Name: not "_" } keyName ? DeclareVariable(keyName) : default;
                    var value = loop.Value.Name != "_" ? DeclareVariable(loop.Value) : default;
                    clauses.Add(new ForClauseExpr(loop, key, value, collection));
                    break;
                case IfClause guard:
                    clauses.Add(new IfClauseExpr(guard, Bind(guard.Condition)));
                    break;
                case LetClause let:
                    var decl = new LetDecl(let, let.Name.Name) { Value = Bind(let.Value) };
                    _scope = new Scope(ScopeKind.Clause, _scope);
                    _scope.Declare(let.Name.Name, new Symbol(SymbolKind.Let, let) { Let = decl, Path = CurrentPath() });
                    clauses.Add(new LetClauseExpr(let, decl));
                    break;
                case TryClause attempt when !_experiments.Contains(Experiments.Try):
                    Report(attempt.Start, $"try clause {NeedsTry}");
                    (_scope, _attempts) = (outer, outerAttempts);
                    _path.RemoveRange(outerPath, _path.Count - outerPath);
                    return new ErrorExpr(comprehension, $"try clause {NeedsTry}");
                case TryClause attempt:
                    LetDecl? attempted = null;
                    _attempts++;
                    var attempts = BindAttempts(attempt.Value ?? comprehension.Value);
                    if (attempt is { Name: { } name, Value: { } attemptedValue })
                    {
                        attempted = new LetDecl(attempt, name.Name) { Value = Bind(attemptedValue) };
                        _attempts--;
                        _path.Add("try[]");
                        _scope = new Scope(ScopeKind.Clause, _scope);
                        _scope.Declare(name.Name, new Symbol(SymbolKind.Let, attempt) { Let = attempted, Path = CurrentPath() });
                    }

                    clauses.Add(new TryClauseExpr(attempt, attempted, attempts));
                    break;
            }
        }

        var body = Bind(comprehension.Value);
        _scope = outer;
        _attempts = outerAttempts;

        _path.RemoveRange(outerPath, _path.Count - outerPath);
        var fallback = comprehension.Fallback is { } clauseFallback ? Bind(clauseFallback.Body) : null;
        return new ComprehensionExpr(comprehension, clauses, body, fallback);
    }

    /// <summary>What is marked with <c>?</c> in a <c>try</c> clause; names that only exist within it are not tried here.</summary>
    private List<Expr> BindAttempts(Expression body)
    {
        var result = new List<Expr>();
        foreach (var operand in TryMarks.In(body))
        {
            var errors = _errors.Count;
            var bound = Bind(operand);
            if (_errors.Count == errors)
                result.Add(bound);
            else
                _errors.RemoveRange(errors, _errors.Count - errors);
        }

        return result;
    }

    private Label DeclareVariable(Identifier name)
    {
        var label = Label.Regular(name.Name);
        _scope.Declare(name.Name, new Symbol(SymbolKind.Field, name) { Label = label });
        return label;
    }
}
