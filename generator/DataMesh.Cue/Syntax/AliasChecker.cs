namespace DataMesh.Cue.Syntax;

/// <summary>Finds names of aliases and <c>let</c> clauses that are taken (specification: "Aliases", "Scopes").</summary>
internal sealed class AliasChecker(ErrorList errors) : SyntaxWalker<AliasChecker.Scope>
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

    protected override void Walk(SyntaxNode node, Scope scope)
    {
        switch (node)
        {
            case StructLiteral literal:
                CheckDeclarations(literal.Declarations, new Scope(scope));
                break;
            case Field field:
                CheckField(field, scope);
                break;
            case LetDeclaration let:
                // The name is not known within its own value.
                scope.Names.TryGetValue(let.Name.Name, out var isAlias);
                var removed = scope.Names.Remove(let.Name.Name);
                Walk(let.Value, scope);
                if (removed)
                    scope.Names[let.Name.Name] = isAlias;
                break;
            case Comprehension comprehension:
                CheckComprehension(comprehension, scope);
                break;
            default:
                WalkChildren(node, scope);
                break;
        }
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

        WalkAll(declarations, scope);
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
            Walk(expression, scope);
        }
        else
        {
            Walk(field.Label, scope);
        }

        var value = field.Value;
        if (value is AliasExpression valueAlias)
        {
            scope = new Scope(scope);
            Add(scope, valueAlias.Name.Name, true, valueAlias.Start);
            value = valueAlias.Expression;
        }

        Walk(value, scope);
    }

    private void CheckComprehension(Comprehension comprehension, Scope scope)
    {
        var outer = scope;
        foreach (var clause in comprehension.Clauses)
        {
            switch (clause)
            {
                case ForClause loop:
                    Walk(loop.Source, scope);
                    scope = new Scope(scope);
                    if (loop.Key is { } key)
                        Add(scope, key.Name, false, key.Start);
                    Add(scope, loop.Value.Name, false, loop.Value.Start);
                    break;
                case IfClause condition:
                    Walk(condition.Condition, scope);
                    break;
                case LetClause let:
                    Walk(let.Value, scope);
                    scope = new Scope(scope);
                    Add(scope, let.Name.Name, false, let.Name.Start);
                    break;
                case TryClause { Name: { } name } attempt:
                    WalkChildren(attempt, scope);
                    scope = new Scope(scope);
                    Add(scope, name.Name, false, name.Start);
                    break;
            }
        }

        Walk(comprehension.Value, scope);
        if (comprehension.Fallback is { } fallback)
            Walk(fallback.Body, outer);
    }

    internal sealed class Scope(Scope? outer)
    {
        public Scope? Outer { get; } = outer;

        /// <summary>The names, and whether they are aliases.</summary>
        public Dictionary<string, bool> Names { get; } = new(StringComparer.Ordinal);
    }
}
