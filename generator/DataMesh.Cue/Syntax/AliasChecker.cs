namespace DataMesh.Cue.Syntax;

/// <summary>Finds names of aliases and <c>let</c> clauses that are taken (specification: "Aliases", "Scopes").</summary>
internal sealed class AliasChecker(ErrorList errors)
{
    public void Check(CueFile file)
    {
        var scope = new Scope(null);
        foreach (var import in file.Imports)
            scope.Names[ImportName(import)] = false;
        CheckDeclarations(file.Declarations, scope);
    }

    private static string ImportName(ImportSpec import)
    {
        if (import.Name is { } name)
            return name.Name;
        var path = import.PathValue;
        return path.Substring(Math.Max(path.LastIndexOf(':'), path.LastIndexOf('/')) + 1);
    }

    private void Add(Scope scope, string name, bool isAlias, Position position)
    {
        if (name == "_")
            return;
        for (var s = scope; s is not null; s = s.Outer)
        {
            if (!s.Names.TryGetValue(name, out var existing))
                continue;
            if (existing != isAlias)
                errors.AddFromParser(position, $"cannot have both alias and field with name \"{name}\" in same scope");
            else if (isAlias && s == scope)
                errors.AddFromParser(position, $"alias \"{name}\" redeclared in same scope");
            else
                break;
            return;
        }

        scope.Names[name] = isAlias;
    }

    private void CheckDeclarations(IReadOnlyList<Declaration> declarations, Scope scope)
    {
        foreach (var declaration in declarations)
        {
            switch (declaration)
            {
                case Field field:
                    AddField(field, scope);
                    break;
                case LetDeclaration let:
                    Add(scope, let.Name.Name, true, let.Start);
                    break;
            }
        }

        foreach (var declaration in declarations)
        {
            switch (declaration)
            {
                case Field field:
                    CheckField(field, scope);
                    break;
                case LetDeclaration let:
                    // The name is not known within its own value.
                    scope.Names.TryGetValue(let.Name.Name, out var isAlias);
                    var removed = scope.Names.Remove(let.Name.Name);
                    Check(let.Value, scope);
                    if (removed)
                        scope.Names[let.Name.Name] = isAlias;
                    break;
                case Embedding embedding:
                    Check(embedding.Expression, scope);
                    break;
                case ComprehensionDeclaration comprehension:
                    Check(comprehension.Comprehension, scope);
                    break;
            }
        }
    }

    private void AddField(Field field, Scope scope)
    {
        if (field.Alias is { } alias && field.Label is not PatternLabel)
            Add(scope, alias.Name.Name, true, field.Start);
        if (field.Label is Identifier label)
            Add(scope, label.Name, false, field.Value.Start);
        if (field.PostfixAlias is { } postfix && field.Label is not PatternLabel)
        {
            if (postfix.LabelName is { } labelName)
                Add(scope, labelName.Name, true, labelName.Start);
            if (postfix.FieldName is { } fieldName)
                Add(scope, fieldName.Name, true, field.Start);
        }
    }

    private void CheckField(Field field, Scope scope)
    {
        if (field.Label is PatternLabel pattern)
        {
            var expression = pattern.Pattern;
            if (expression is AliasExpression || field.Alias is not null || field.PostfixAlias is not null)
                scope = new Scope(scope);
            if (field.Alias is { } fieldAlias)
                Add(scope, fieldAlias.Name.Name, true, field.Start);
            if (expression is AliasExpression alias)
            {
                Add(scope, alias.Name.Name, true, alias.Expression.Start);
                expression = alias.Expression;
            }

            if (field.PostfixAlias?.LabelName is { } labelName)
                Add(scope, labelName.Name, true, labelName.Start);
            if (field.PostfixAlias?.FieldName is { } fieldName)
                Add(scope, fieldName.Name, true, field.Start);
            Check(expression, scope);
        }
        else
        {
            Check(field.Label, scope);
        }

        var value = field.Value;
        if (value is AliasExpression valueAlias)
        {
            scope = new Scope(scope);
            Add(scope, valueAlias.Name.Name, true, valueAlias.Start);
            value = valueAlias.Expression;
        }

        Check(value, scope);
    }

    private void Check(Expression? expression, Scope scope)
    {
        while (expression is BinaryExpression binary)
        {
            Check(binary.Right, scope);
            expression = binary.Left;
        }

        switch (expression)
        {
            case StructLiteral literal:
                CheckDeclarations(literal.Declarations, new Scope(scope));
                break;
            case ListLiteral list:
                CheckAll(list.Elements, scope);
                break;
            case Interpolation interpolation:
                CheckAll(interpolation.Elements, scope);
                break;
            case Comprehension comprehension:
                CheckComprehension(comprehension, scope);
                break;
            case CallExpression call:
                Check(call.Function, scope);
                CheckAll(call.Arguments, scope);
                break;
            case IndexExpression index:
                Check(index.Operand, scope);
                Check(index.Index, scope);
                break;
            case SliceExpression slice:
                Check(slice.Operand, scope);
                Check(slice.Low, scope);
                Check(slice.High, scope);
                break;
            case AliasExpression alias:
                Check(alias.Expression, scope);
                break;
            case ParenthesizedExpression parenthesized:
                Check(parenthesized.Expression, scope);
                break;
            case SelectorExpression selector:
                Check(selector.Operand, scope);
                break;
            case UnaryExpression unary:
                Check(unary.Operand, scope);
                break;
            case PostfixExpression postfix:
                Check(postfix.Operand, scope);
                break;
            case Ellipsis ellipsis:
                Check(ellipsis.Type, scope);
                break;
            case PatternLabel pattern:
                Check(pattern.Pattern, scope);
                break;
        }
    }

    private void CheckAll(IReadOnlyList<Expression> expressions, Scope scope)
    {
        foreach (var expression in expressions)
            Check(expression, scope);
    }

    private void CheckComprehension(Comprehension comprehension, Scope scope)
    {
        var outer = scope;
        foreach (var clause in comprehension.Clauses)
        {
            switch (clause)
            {
                case ForClause loop:
                    Check(loop.Source, scope);
                    scope = new Scope(scope);
                    if (loop.Key is { } key)
                        Add(scope, key.Name, false, key.Start);
                    Add(scope, loop.Value.Name, false, loop.Value.Start);
                    break;
                case IfClause condition:
                    Check(condition.Condition, scope);
                    break;
                case LetClause let:
                    Check(let.Value, scope);
                    scope = new Scope(scope);
                    Add(scope, let.Name.Name, false, let.Name.Start);
                    break;
                case TryClause { Name: { } name } attempt:
                    Check(attempt.Value, scope);
                    scope = new Scope(scope);
                    Add(scope, name.Name, false, name.Start);
                    break;
            }
        }

        Check(comprehension.Value, scope);
        Check(comprehension.Fallback?.Body, outer);
    }

    private sealed class Scope(Scope? outer)
    {
        public Scope? Outer { get; } = outer;

        /// <summary>The names, and whether they are aliases.</summary>
        public Dictionary<string, bool> Names { get; } = new(StringComparer.Ordinal);
    }
}
