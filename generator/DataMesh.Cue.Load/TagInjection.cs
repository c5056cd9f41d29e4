using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Load;

/// <summary>
/// Puts values that come from outside into the fields that ask for them with <c>@tag(key)</c>: <c>key=value</c>, a shorthand
/// that a tag lists, and variables such as the name of the operating system.
/// </summary>
public sealed class TagInjection
{
    private readonly List<KeyValuePair<string, string>> _values = [];
    private readonly List<string> _names = [];
    private readonly IReadOnlyDictionary<string, Func<string>> _variables;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly List<CueError> _tagErrors = [];
    private readonly List<CueError> _errors = [];
    private readonly BuildTags _tags;

    /// <param name="arguments">What was set: <c>key=value</c> or <c>name</c>.</param>
    /// <param name="variables">What <c>var=</c> may ask for; empty for no variables.</param>
    public TagInjection(IEnumerable<string> arguments, IReadOnlyDictionary<string, Func<string>> variables)
    {
        foreach (var argument in arguments)
        {
            var equals = argument.IndexOf('=');
            if (equals < 0)
                _names.Add(argument);
            else
                _values.Add(new(argument[..equals], argument[(equals + 1)..]));
        }

        _variables = variables;
        _tags = new BuildTags(_names);
    }

    /// <summary>The tags without a value, which also decide on files.</summary>
    public BuildTags Tags => _tags;

    /// <summary>The files with the values in their places.</summary>
    public IReadOnlyList<ParseResult> Apply(IEnumerable<ParseResult> files) =>
        [.. files.Select(file => Rewrite(file.File) is { } changed ? ParseResult.FromTree(changed) : file)];

    /// <summary>What was wrong with tags, once they were applied to every file.</summary>
    public IReadOnlyList<CueError> FindErrors()
    {
        List<CueError> errors = [.. _tagErrors];
        foreach (var value in _values)
        {
            if (!_used.Contains("=" + value.Key))
                errors.Add(Error($"no tag for {Literals.Quote(value.Key)}"));
        }

        foreach (var name in _names)
        {
            if (!_used.Contains(name) && !_tags.IsUsed(name))
                errors.Add(Error($"tag {Literals.Quote(name)} not used in any file"));
        }

        return [.. errors, .. _errors];
    }

    /// <summary>What is wrong with the tags of files into which nothing is put.</summary>
    internal static IReadOnlyList<CueError> FindMisuse(IEnumerable<ParseResult> files)
    {
        TagInjection none = new([], new Dictionary<string, Func<string>>());
        none.Apply(files);
        return none.FindErrors();
    }

    private CueFile? Rewrite(CueFile file) => MayHaveTags(file) && Rewrite(file.Declarations, null) is { } declarations ? file.With(declarations) : null;

    private static bool MayHaveTags(CueFile file) => file.Start.File is not { } source || source.Utf8.IndexOf("@tag"u8) >= 0;

    /// <param name="declarations">A block.</param>
    /// <param name="forbidden">What the block is in that no tag may be in.</param>
    /// <returns>Null when nothing changes.</returns>
    private List<Declaration>? Rewrite(IReadOnlyList<Declaration> declarations, string? forbidden)
    {
        List<Declaration>? changed = null;
        for (var i = 0; i < declarations.Count; i++)
        {
            var result = declarations[i] switch
            {
                Field field => Rewrite(field, forbidden),
                Embedding embedding => Rewrite(embedding.Expression, forbidden) is { } value ? new Embedding(value) { Comments = embedding.Comments } : null,
                ComprehensionDeclaration comprehension => Ignore(comprehension.Comprehension.Value),
                _ => null,
            };
            if (result is not null)
                (changed ??= [.. declarations])[i] = result;
        }

        return changed;
    }

    private Declaration? Ignore(Expression body)
    {
        Rewrite(body, "comprehension");
        return null;
    }

    private Field? Rewrite(Field field, string? forbidden)
    {
        var isConstraint = field.Constraint != FieldConstraint.None || field.Label is PatternLabel or ListLiteral or ParenthesizedExpression or Interpolation;
        var inside = forbidden ?? (isConstraint ? "field constraint" : null);
        var value = Rewrite(field.Value, inside);
        foreach (var attribute in field.Attributes)
        {
            if (attribute.Name != "tag")
                continue;
            if (inside is not null)
                _errors.Add(Error($"@tag not allowed within {inside}", attribute.Start));
            else if (Inject(attribute) is { } injected)
                value = new BinaryExpression(value ?? field.Value, TokenKind.And, injected);
        }

        return value is null ? null : field.With(field.Label, value);
    }

    private Expression? Rewrite(Expression expression, string? forbidden)
    {
        switch (expression)
        {
            case StructLiteral literal:
                return Rewrite(literal.Declarations, forbidden) is { } declarations ? literal.With(declarations) : null;
            case ListLiteral list:
                foreach (var element in list.Elements)
                    Rewrite(element, forbidden ?? "lists");
                return null;
            case Ellipsis { Type: { } type }:
                Rewrite(type, forbidden);
                return null;
            case Comprehension comprehension:
                Rewrite(comprehension.Value, forbidden ?? "comprehension");
                return null;
            case BinaryExpression { Operator: TokenKind.And } both:
                // A long chain of operands nests to the left; the parser bounds its length no further.
                List<Expression> operands = [];
                Expression first = both;
                for (; first is BinaryExpression { Operator: TokenKind.And } next; first = next.Left)
                    operands.Add(next.Right);
                operands.Add(first);
                operands.Reverse();
                var rewritten = operands.ConvertAll(operand => Rewrite(operand, forbidden));
                return rewritten.TrueForAll(static operand => operand is null)
                    ? null
                    : operands.Select((operand, i) => rewritten[i] ?? operand).Aggregate(static (left, right) => new BinaryExpression(left, TokenKind.And, right));
            default:
                return null;
        }
    }

    /// <summary>The value for a tag; null when none was set for it.</summary>
    private Expression? Inject(AttributeNode attribute)
    {
        var parts = attribute.Body.Split(',');
        var key = parts[0].Trim();
        if (!Literals.IsIdentifier(key))
        {
            _errors.Add(Error($"invalid identifier {Literals.Quote(key)}", attribute.Start));
            return null;
        }

        string type = "string", variable = "";
        string[] shorthands = [];
        foreach (var part in parts.Skip(1))
        {
            var equals = part.IndexOf('=');
            var (name, value) = equals < 0 ? (part.Trim(), "") : (part[..equals].Trim(), part[(equals + 1)..].Trim());
            if (name == "type")
                type = value;
            else if (name == "short")
                shorthands = value.Split('|');
            else if (name == "var")
                variable = value;
        }

        if (type is not ("string" or "int" or "number" or "bool"))
        {
            _errors.Add(Error($"invalid type {Literals.Quote(type)}", attribute.Start));
            return null;
        }

        foreach (var value in _values)
        {
            if (value.Key != key)
                continue;
            _used.Add("=" + key);
            return ToExpression(key, type, value.Value);
        }

        foreach (var name in _names)
        {
            if (!shorthands.Contains(name, StringComparer.Ordinal))
                continue;
            _used.Add(name);
            return ToExpression(key, type, name);
        }

        if (variable.Length == 0 || _variables.Count == 0)
            return null;
        if (_variables.TryGetValue(variable, out var read))
            return ToExpression(key, variable == "rand" ? "int" : type, read());
        _tagErrors.Add(Error($"tag variable '{variable}' not found"));
        return null;
    }

    private Expression? ToExpression(string key, string type, string value)
    {
        switch (type)
        {
            case "string":
                return new BasicLiteral(default, TokenKind.String, Literals.Quote(value));
            case "bool":
                if (value is "1" or "t" or "T" or "true" or "TRUE" or "True")
                    return new BasicLiteral(default, TokenKind.True, "true");
                if (value is "0" or "f" or "F" or "false" or "FALSE" or "False")
                    return new BasicLiteral(default, TokenKind.False, "false");
                _tagErrors.Add(Error($"invalid boolean {Literals.Quote(value)} for injection tag {Literals.Quote(key)}"));
                return null;
            default:
                var isNegative = value.StartsWith('-');
                var digits = isNegative ? value[1..] : value;
                if (FindFault(digits) is { } fault)
                {
                    _tagErrors.Add(Error($"invalid number for injection tag {Literals.Quote(key)}: {fault} {Literals.Quote(value)}"));
                    return null;
                }

                _ = Literals.TryParseNumber(digits, out var number, out _);
                BasicLiteral literal = new(default, number.IsInteger ? TokenKind.Int : TokenKind.Float, digits);
                return isNegative ? new UnaryExpression(TokenKind.Subtract, literal) : literal;
        }
    }

    /// <summary>Why a text is no number; null when it is one.</summary>
    private static string? FindFault(string digits)
    {
        if (digits.Length == 0)
            return "invalid number";
        if (digits[0] is not ('.' or (>= '0' and <= '9')))
            return "illegal number start";
        return CueParser.ParseExpression("", digits) is { Errors.Count: 0, Expression: BasicLiteral { Kind: TokenKind.Int or TokenKind.Float } } ? null : "illegal number";
    }

    private static CueError Error(string message, Position position = default) =>
        new(CueErrorCode.Load, message, "", position.IsValid ? [position] : []);
}
