using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>A reference to another value of the tree, or of another package.</summary>
public sealed class CueReference
{
    internal CueReference(CueValue target, string path, Position position)
    {
        Target = target;
        Path = path;
        Position = position;
    }

    /// <summary>What is referred to.</summary>
    public CueValue Target { get; }

    /// <summary>The path of the target from the root of its package.</summary>
    public string Path { get; }

    /// <summary>Where the reference stands.</summary>
    public Position Position { get; }
}

/// <content>Where a value comes from, and what it is made of.</content>
public sealed partial class CueValue
{
    /// <summary>
    /// The definition (or field) that this value is nothing but a reference to; null when it has other constraints as well.
    /// </summary>
    public CueReference? Reference
    {
        get
        {
            if (_value is not null || _vertex.Shared is not { } shared)
                return null;
            var position = _vertex.Conjuncts.Count > 0 ? _vertex.Conjuncts[0].Expr.Position : default;
            return new CueReference(new CueValue(_context, shared), shared.Path(), position);
        }
    }

    /// <summary>Whether this value holds itself: it shares the structure of one of its ancestors.</summary>
    public bool IsCycle
    {
        get
        {
            if (_vertex.Shared is null)
                return false;
            return Resolved.IsAncestorOrSelfOf(_vertex.Parent!);
        }
    }

    /// <summary>
    /// The doc comments of all declarations of the field that this value is of, without duplicates. What stands before a
    /// chain of labels is said of the last one.
    /// </summary>
    public IReadOnlyList<string> Documentation => DocComments.Of(_vertex);

    /// <summary>The attributes of all declarations of the field and of its struct literals, without duplicates.</summary>
    public IReadOnlyList<CueAttribute> Attributes
    {
        get
        {
            var result = new List<CueAttribute>();
            foreach (var declaration in Declarations)
                Add(declaration.Attributes);
            foreach (var leaf in Resolved.State?.Leaves ?? [])
            {
                if (leaf.Expr is StructBodyExpr body)
                    Add(body.Literal.Attributes);
            }

            return result;

            void Add(IReadOnlyList<AttributeNode> attributes)
            {
                foreach (var attribute in attributes)
                {
                    if (!result.Exists(other => string.Equals(other.Name, attribute.Name, StringComparison.Ordinal) && string.Equals(other.Body, attribute.Body, StringComparison.Ordinal)))
                        result.Add(new CueAttribute(attribute.Name, attribute.Body, attribute.Start));
                }
            }
        }
    }

    /// <summary>The field declarations that this value is made of.</summary>
    public IEnumerable<Field> Declarations => _vertex.Declarations;

    /// <summary>
    /// The constraint of a scalar that is not concrete, taken apart: types, bounds and validators that all hold. Bounds are
    /// simplified as CUE does. Empty for concrete values, disjunctions and containers.
    /// </summary>
    public IReadOnlyList<CueConstraint> Constraints
    {
        get
        {
            var result = new List<CueConstraint>();
            foreach (var value in Base is ConjunctionValue conjunction ? conjunction.Values : [Base])
            {
                switch (value)
                {
                    case TypeValue type:
                        result.Add(new CueTypeConstraint(type.Kind, PositionOf(value)));
                        break;
                    case BoundValue bound:
                        result.Add(new CueBoundConstraint(bound.Operator, new CueValue(_context, Resolved, bound.Operand), PositionOf(value)));
                        break;
                    case ValidatorValue validator:
                        result.Add(Convert(validator));
                        break;
                }
            }

            return result;
        }
    }

    /// <summary>The validators that hold for a struct or a list, such as <c>struct.MinFields(1)</c> or <c>list.UniqueItems()</c>.</summary>
    public IReadOnlyList<CueValidatorConstraint> Validators =>
        [.. (Resolved.State?.Checks ?? default).Select(static check => check.Value).OfType<ValidatorValue>().Select(Convert)];

    /// <summary>
    /// What evaluation could not decide without data: comprehensions, references to fields that have no value yet,
    /// arithmetic on them. Each has to be compiled or reported.
    /// </summary>
    public IReadOnlyList<CueExpression> Expressions
    {
        get
        {
            var result = new List<CueExpression>();
            foreach (var incomplete in Resolved.State?.Incomplete ?? default)
            {
                if (incomplete.Conjunct.Expr.Source is { } syntax)
                    result.Add(new CueExpression(incomplete.Declaration?.Source ?? syntax, incomplete.LastError?.Code, incomplete.LastError?.Message));
            }

            return result;
        }
    }

    /// <summary>Where the parts of the value's constraint are written.</summary>
    private Position PositionOf(Value value)
    {
        var state = Resolved.State;
        if (state is null)
            return Position;
        foreach (var located in state.Checks.Concat(state.Kinds))
        {
            if (ReferenceEquals(located.Value, value))
                return located.Position;
        }

        foreach (var located in state.Kinds)
        {
            if (located.Value is TypeValue)
                return located.Position;
        }

        return Position;
    }

    private CueValidatorConstraint Convert(ValidatorValue validator) => new(
        validator.Builtin.Package,
        validator.Builtin.Name,
        [.. validator.Arguments.Select(each => new CueValue(_context, Resolved, each))],
        validator.Position);
}
